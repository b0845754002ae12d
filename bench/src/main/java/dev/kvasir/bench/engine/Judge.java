package dev.kvasir.bench.engine;

import dev.kvasir.inference.TokenIds;
import java.util.List;

/** Another system that can look at our answers. */
interface Judge extends Contender {
  /**
   * How far each token of given answers is from the one that this system would take there.
   *
   * @param prompts of equal length
   * @return for each answer and token: its own best logit, less that of the given token; 0 where
   *     they are the same
   */
  double[][] gaps(List<TokenIds> prompts, List<TokenIds> answers);
}
