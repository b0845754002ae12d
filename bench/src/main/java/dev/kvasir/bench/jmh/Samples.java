package dev.kvasir.bench.jmh;

import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.Fingerprint;
import dev.kvasir.inference.TokenIds;
import java.util.Random;

/** Inputs of the benchmarks, the same in every run. */
final class Samples {
  static final int VOCABULARY = 49_152;

  private Samples() {}

  static TokenIds tokens(Random random, int count) {
    return TokenIds.of(random.ints(count, 0, VOCABULARY).toArray());
  }

  static Fingerprint fingerprint(int number) {
    return new Fingerprint(new BlockHash(number, 0, 0, 0));
  }

  /**
   * Draws from {@code [0, count)}, small numbers more often: the share of number i falls with 1/(i
   * + 1), as that of prompts does that are shared by more or fewer users.
   */
  static int skewed(Random random, int count) {
    return (int) Math.pow(count + 1.0, random.nextDouble()) - 1;
  }
}
