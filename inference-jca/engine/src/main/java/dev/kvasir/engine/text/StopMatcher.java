package dev.kvasir.engine.text;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the first stop text in a text that comes in pieces, and holds back what may be the start of
 * one. The result does not depend on where the pieces end. For one thread.
 *
 * <p>The stop text that is complete first wins; of several that are complete with the same
 * character, the longest.
 */
public final class StopMatcher {
  private final List<String> stops;
  private final StringBuilder held = new StringBuilder();
  private @Nullable String matched;

  /**
   * Prepares to look for the stop texts.
   *
   * @throws IllegalArgumentException if one of them is empty
   */
  public StopMatcher(List<String> stops) {
    if (stops.contains("")) {
      throw new IllegalArgumentException("a stop text is empty; it must have a character or more");
    }
    this.stops = List.copyOf(stops);
  }

  /** Takes more text; gives the text before any stop that is final now. Empty after a match. */
  public String push(String text) {
    StringBuilder released = new StringBuilder();
    for (int i = 0; i < text.length() && matched == null; i++) {
      held.append(text.charAt(i));
      matched = longestCompleteStop();
      int keep = matched == null ? longestStart() : matched.length();
      released.append(held, 0, held.length() - keep);
      held.delete(0, held.length() - keep);
    }
    return released.toString();
  }

  /** Whether a stop text was found: the answer ends. */
  public boolean isMatched() {
    return matched != null;
  }

  /** The stop text that was found. */
  public Optional<String> matched() {
    return Optional.ofNullable(matched);
  }

  /** Gives what was held back, at the end of the text. Empty after a match. */
  public String flush() {
    String rest = matched == null ? held.toString() : "";
    held.setLength(0);
    return rest;
  }

  private @Nullable String longestCompleteStop() {
    String longest = null;
    for (String stop : stops) {
      if (endsWith(stop, stop.length()) && (longest == null || stop.length() > longest.length())) {
        longest = stop;
      }
    }
    return longest;
  }

  /** Length of the longest start of a stop text with which the held text ends. */
  private int longestStart() {
    int longest = 0;
    for (String stop : stops) {
      int most = Math.min(stop.length() - 1, held.length());
      for (int length = most; length > longest; length--) {
        if (endsWith(stop, length)) {
          longest = length;
        }
      }
    }
    return longest;
  }

  /** Whether the held text ends with the first {@code length} characters of a stop text. */
  private boolean endsWith(String stop, int length) {
    int from = held.length() - length;
    if (from < 0) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (held.charAt(from + i) != stop.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
