package dev.kvasir.cache.semantic;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How much of a pattern stands at each place of a text, in time linear in both, whatever they are:
 * Gusfield's Z algorithm (Algorithms on Strings, Trees and Sequences, 1997).
 */
public final class Matches {
  private static final int NEITHER = -1; // stands in no text and no pattern

  private Matches() {}

  /** Whether a text has another one in it. */
  public static boolean contains(String text, String part) {
    int length = part.length();
    return length <= text.length()
        && IntStream.of(lengths(part.chars().toArray(), text.chars().toArray()))
            .anyMatch(common -> common == length);
  }

  /**
   * Leading numbers of the pattern that stand at each place of the text, none below 0.
   *
   * @return (text)
   */
  static int[] lengths(int[] pattern, int[] text) {
    int[] all = Arrays.copyOf(pattern, pattern.length + 1 + text.length);
    all[pattern.length] = NEITHER;
    System.arraycopy(text, 0, all, pattern.length + 1, text.length);
    int[] common = new int[all.length]; // of the whole from a place on with its beginning
    int left = 0;
    int right = 0; // [left, right) is the match that reaches furthest
    for (int at = 1; at < all.length; at++) {
      int length = at < right ? Math.min(right - at, common[at - left]) : 0;
      while (at + length < all.length && all[length] == all[at + length]) {
        length++;
      }
      common[at] = length;
      if (at + length > right) {
        left = at;
        right = at + length;
      }
    }
    return Arrays.copyOfRange(common, pattern.length + 1, common.length);
  }
}
