package dev.kvasir.engine.sample;

import java.util.Arrays;

/** Leaves the logits of the tokens that may come next, and no chance to all others. */
final class LogitMask {
  private final NextTokens next;
  private float[] masked = {}; // (vocabulary), once it was used

  LogitMask(NextTokens next) {
    this.next = next;
  }

  /**
   * The logits that are left.
   *
   * @param logits (vocabulary); not changed
   * @return one array that holds until the next call
   */
  float[] applyTo(float[] logits) {
    if (masked.length != logits.length) {
      masked = new float[logits.length];
    }
    Arrays.fill(masked, Float.NEGATIVE_INFINITY);
    long[] allowed = next.allowed();
    for (int word = 0; word < allowed.length; word++) {
      int first = word * Long.SIZE;
      if (allowed[word] == -1) {
        System.arraycopy(logits, first, masked, first, Long.SIZE);
      } else {
        for (long bits = allowed[word]; bits != 0; bits &= bits - 1) {
          int id = first + Long.numberOfTrailingZeros(bits);
          masked[id] = logits[id];
        }
      }
    }
    return masked;
  }

  void accept(int id) {
    next.accept(id);
  }
}
