package dev.kvasir.engine.schedule;

import dev.kvasir.inference.TokenIds;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Guesses how a text goes on from where its last few tokens stood before: prompt look-up decoding
 * (Saxena 2023, "Prompt Lookup Decoding"; speculation as such: Leviathan et al., arXiv:2211.17192).
 */
final class PromptLookup {
  /*
   * All windows of NGRAM tokens are kept by their hash with where they ended last. A hit is compared token by token, so
   * a collision costs a guess and nothing else. Adding a token and guessing take constant time.
   */

  /** Tokens that must agree before a guess is made. */
  private static final int NGRAM = 3;

  private final Map<Integer, Integer> ends = new HashMap<>(); // hash of a window -> index behind it
  private int[] tokens;
  private int size;

  PromptLookup(TokenIds prompt) {
    tokens = new int[Math.max(16, 2 * prompt.size())];
    for (int i = 0; i < prompt.size(); i++) {
      add(prompt.get(i));
    }
  }

  /** Adds the next token of the text. */
  void add(int token) {
    if (size >= NGRAM) {
      ends.put(hash(size), size); // now that the window has a token behind it
    }
    if (size == tokens.length) {
      tokens = Arrays.copyOf(tokens, 2 * size);
    }
    tokens[size++] = token;
  }

  /** At most {@code most} tokens that may come next; often none. */
  int[] guess(int most) {
    Integer end = size < NGRAM ? null : ends.get(hash(size));
    if (end == null || !Arrays.equals(tokens, end - NGRAM, end, tokens, size - NGRAM, size)) {
      return new int[0];
    }
    return Arrays.copyOfRange(tokens, end, Math.min(size, end + most));
  }

  private int hash(int end) {
    int hash = 0;
    for (int i = end - NGRAM; i < end; i++) {
      hash = hash * 1_000_003 + tokens[i];
    }
    return hash;
  }
}
