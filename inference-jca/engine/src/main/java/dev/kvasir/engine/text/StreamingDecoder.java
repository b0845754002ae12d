package dev.kvasir.engine.text;

import java.util.Arrays;

/**
 * Text of a growing token sequence, in pieces that are final: a character whose bytes are spread
 * over tokens is held back until it is whole. All pieces together are the decoded sequence. For one
 * thread.
 */
public final class StreamingDecoder {
  /*
   * A token's text depends on the tokens before it: a leading space is dropped at the start, and
   * bytes join to characters. So a window of tokens is decoded with and without the new ones, and
   * the difference is new: ids[start, shown) is what was given out last, ids[shown, size) is pending.
   *
   * A text that ends in U+FFFD may be waiting for more bytes. No character has more than four, and
   * some tokenizers keep one byte a token, so after MAX_PENDING tokens it is broken text and final.
   */
  private static final char REPLACEMENT = '\uFFFD';
  private static final int MAX_PENDING = 32;

  private final Tokenizer tokenizer;
  private int[] ids = new int[2 * MAX_PENDING]; // (capacity); those before the window are dropped
  private int start;
  private int shown;
  private int size;

  public StreamingDecoder(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /** Takes the next token; gives the text that is final now, often empty. */
  public String push(int id) {
    append(id);
    String window = decode(start, size);
    boolean unfinished = !window.isEmpty() && window.charAt(window.length() - 1) == REPLACEMENT;
    return unfinished && size - shown < MAX_PENDING ? "" : give(window);
  }

  /** Gives what was held back, at the end of the sequence. */
  public String flush() {
    return give(decode(start, size));
  }

  private String give(String window) {
    String before = decode(start, shown);
    if (window.length() <= before.length()) {
      return ""; // special tokens have no text
    }
    start = shown;
    shown = size;
    return window.substring(before.length());
  }

  private void append(int id) {
    if (size == ids.length) {
      ids = Arrays.copyOfRange(ids, start, start + Math.max(ids.length, 2 * (size - start)));
      shown -= start;
      size -= start;
      start = 0;
    }
    ids[size++] = id;
  }

  private String decode(int from, int to) {
    return tokenizer.decode(Arrays.copyOfRange(ids, from, to), true);
  }
}
