package dev.kvasir.engine.text;

/** Text that can be written as UTF-8: half surrogate pairs are replaced. */
final class WellFormed {
  private static final char REPLACEMENT = '\uFFFD';

  private WellFormed() {}

  /** The same text, each surrogate without its other half replaced by U+FFFD. */
  static String text(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isLone(text, i)) {
        return repaired(text);
      }
    }
    return text;
  }

  private static String repaired(String text) {
    char[] chars = text.toCharArray();
    for (int i = 0; i < chars.length; i++) {
      if (isLone(text, i)) {
        chars[i] = REPLACEMENT;
      }
    }
    return new String(chars);
  }

  private static boolean isLone(String text, int index) {
    char c = text.charAt(index);
    if (Character.isHighSurrogate(c)) {
      return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
    }
    return Character.isLowSurrogate(c)
        && (index == 0 || !Character.isHighSurrogate(text.charAt(index - 1)));
  }
}
