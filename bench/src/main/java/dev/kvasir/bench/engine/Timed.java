package dev.kvasir.bench.engine;

import dev.kvasir.inference.TokenIds;
import java.util.List;

/**
 * What a system did in a case, and how long it took.
 *
 * @param answers the new tokens of each prompt, in order
 */
record Timed(double millis, List<TokenIds> answers) {
  Timed {
    answers = List.copyOf(answers);
  }
}
