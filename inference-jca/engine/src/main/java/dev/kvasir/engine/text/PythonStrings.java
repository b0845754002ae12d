package dev.kvasir.engine.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Python's string methods that chat templates call (docs.python.org, "String Methods"). */
final class PythonStrings {
  private PythonStrings() {}

  /** The method's result; empty if it is not among those known here. */
  static Optional<Object> call(String text, String method, @Nullable Object[] arguments) {
    return switch (method) {
      case "strip" -> Optional.of(strip(text, arguments, true, true));
      case "lstrip" -> Optional.of(strip(text, arguments, true, false));
      case "rstrip" -> Optional.of(strip(text, arguments, false, true));
      case "startswith" -> Optional.of(text.startsWith(only(method, arguments)));
      case "endswith" -> Optional.of(text.endsWith(only(method, arguments)));
      case "split" -> Optional.of(split(text, arguments));
      case "upper" -> Optional.of(text.toUpperCase(Locale.ROOT));
      case "lower" -> Optional.of(text.toLowerCase(Locale.ROOT));
      case "title" -> Optional.of(title(text));
      case "capitalize" -> Optional.of(capitalize(text));
      default -> Optional.empty();
    };
  }

  private static String strip(
      String text, @Nullable Object[] arguments, boolean left, boolean right) {
    IntPredicate strippable =
        arguments.length == 0
            ? PythonStrings::isSpace
            : c -> only("strip", arguments).indexOf(c) >= 0;
    int start = 0;
    int end = text.length();
    while (left && start < end && strippable.test(text.charAt(start))) {
      start++;
    }
    while (right && end > start && strippable.test(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  /** Python's {@code str.isspace}: Java's white space, and no-break spaces. */
  private static boolean isSpace(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
  }

  private static List<String> split(String text, @Nullable Object[] arguments) {
    List<String> parts = new ArrayList<>();
    if (arguments.length == 0) {
      for (String part : text.strip().split("\\s+", -1)) {
        if (!part.isEmpty()) {
          parts.add(part);
        }
      }
      return parts;
    }
    String separator = String.valueOf(arguments[0]);
    if (separator.isEmpty()) {
      throw new IllegalArgumentException("split needs a separator that is not empty");
    }
    long most = arguments.length > 1 && arguments[1] instanceof Number n ? n.longValue() : -1;
    int from = 0;
    int at = text.indexOf(separator);
    while (at >= 0 && most != parts.size()) {
      parts.add(text.substring(from, at));
      from = at + separator.length();
      at = text.indexOf(separator, from);
    }
    parts.add(text.substring(from));
    return parts;
  }

  private static String title(String text) {
    StringBuilder result = new StringBuilder();
    boolean inWord = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      result.append(inWord ? Character.toLowerCase(c) : Character.toTitleCase(c));
      inWord = Character.isLetter(c);
    }
    return result.toString();
  }

  private static String capitalize(String text) {
    return text.isEmpty()
        ? text
        : Character.toTitleCase(text.charAt(0)) + text.substring(1).toLowerCase(Locale.ROOT);
  }

  private static String only(String method, @Nullable Object[] arguments) {
    if (arguments.length != 1 || !(arguments[0] instanceof String argument)) {
      throw new IllegalArgumentException(method + " needs one string here");
    }
    return argument;
  }
}
