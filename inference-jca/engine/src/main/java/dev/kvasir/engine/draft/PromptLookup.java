package dev.kvasir.engine.draft;

import dev.kvasir.inference.TokenIds;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Drafts how a text goes on from where its last few tokens stood before: prompt look-up decoding
 * (Saxena 2023, "Prompt Lookup Decoding"; speculation as such: Leviathan et al., arXiv:2211.17192).
 */
final class PromptLookup {
  /*
   * All windows of NGRAM tokens are kept by their hash with where they ended last. A hit is compared token by token, so
   * a collision costs a draft and nothing else. Adding a token and drafting take constant time.
   *
   * The prompt's windows are read only once it is whole, so that all answers to it share them; each has its own of
   * what it added, and looks there first, as that is later in the text.
   */

  /** Tokens that must agree before a draft is made. */
  private static final int NGRAM = 3;

  private final Map<Integer, Integer> promptEnds; // hash of a window -> index behind it
  private final Map<Integer, Integer> ends = new HashMap<>(); // likewise, of what was added
  private int[] tokens;
  private int size;

  PromptLookup(TokenIds prompt) {
    size = prompt.size();
    tokens = Arrays.copyOf(prompt.toArray(), Math.max(16, 2 * size));
    promptEnds = new HashMap<>();
    for (int end = NGRAM; end < size; end++) {
      promptEnds.put(hash(end), end);
    }
  }

  private PromptLookup(PromptLookup other) {
    promptEnds = other.promptEnds;
    tokens = other.tokens.clone();
    size = other.size;
  }

  /** A look-up of the same prompt, before a token was added. */
  PromptLookup fork() {
    assert ends.isEmpty();
    return new PromptLookup(this);
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
  int[] draft(int most) {
    Integer end = size < NGRAM ? null : end(hash(size));
    if (end == null || !Arrays.equals(tokens, end - NGRAM, end, tokens, size - NGRAM, size)) {
      return new int[0];
    }
    return Arrays.copyOfRange(tokens, end, Math.min(size, end + most));
  }

  private @Nullable Integer end(int hash) {
    Integer added = ends.get(hash);
    return added == null ? promptEnds.get(hash) : added;
  }

  private int hash(int end) {
    int hash = 0;
    for (int i = end - NGRAM; i < end; i++) {
      hash = hash * 1_000_003 + tokens[i];
    }
    return hash;
  }
}
