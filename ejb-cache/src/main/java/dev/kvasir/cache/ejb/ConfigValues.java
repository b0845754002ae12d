package dev.kvasir.cache.ejb;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Typed reader of configuration that collects all that is wrong before it complains. One thread.
 */
final class ConfigValues {
  private static final int MAX_MEBIBYTES = 1 << 20;
  private static final String ADDRESS = "(\\[[0-9a-fA-F:.]+]|[^\\s:,]+):[0-9]{1,5}";

  private final Function<String, Optional<String>> source;
  private final List<String> problems = new ArrayList<>();

  /**
   * @param source gives a key's value, empty if it is not set
   */
  ConfigValues(Function<String, Optional<String>> source) {
    this.source = source;
  }

  String text(String key) {
    String fallback = NodeConfig.DEFAULTS.get(key);
    if (fallback == null) {
      throw new IllegalArgumentException("no default for " + key);
    }
    return source.apply(key).map(String::strip).orElse(fallback);
  }

  /** A text without spaces, not empty. */
  String word(String key) {
    String value = text(key);
    if (!value.matches("\\S+")) {
      problems.add("%s is \"%s\", but must be a word".formatted(key, value));
    }
    return value;
  }

  int number(String key, int min, int max) {
    String value = text(key);
    try {
      int number = Integer.parseInt(value);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    problems.add("%s is \"%s\", but must be a number of %d to %d".formatted(key, value, min, max));
    return min;
  }

  /** What a parser makes of the text, which refuses it by an IllegalArgumentException. */
  <T> T parsed(String key, Function<String, T> parser, T fallback) {
    try {
      return parser.apply(text(key));
    } catch (IllegalArgumentException e) {
      problems.add("%s is \"%s\": %s".formatted(key, text(key), e.getMessage()));
      return fallback;
    }
  }

  /** Nanoseconds of a number of milliseconds, at least 1. */
  long millis(String key, int max) {
    return TimeUnit.MILLISECONDS.toNanos(number(key, 1, max));
  }

  /** Bytes of a number of MiB. */
  long mebibytes(String key) {
    return (long) number(key, 1, MAX_MEBIBYTES) << 20;
  }

  /** Bytes of a number of MiB, of which 0 means none. */
  long mebibytesOrNone(String key) {
    return (long) number(key, 0, 1 << 30) << 20;
  }

  boolean flag(String key) {
    String value = text(key);
    if (!value.equals("true") && !value.equals("false")) {
      problems.add("%s is \"%s\", but must be true or false".formatted(key, value));
    }
    return value.equals("true");
  }

  <E extends Enum<E>> E choice(String key, Class<E> type) {
    String value = text(key);
    E[] choices = type.getEnumConstants();
    for (E choice : choices) {
      if (choice.name().toLowerCase(Locale.ROOT).equals(value)) {
        return choice;
      }
    }
    problems.add(
        "%s is \"%s\", but must be one of %s"
            .formatted(key, value, Arrays.toString(choices).toLowerCase(Locale.ROOT)));
    return choices[0];
  }

  /** Texts of the form {@code host:port}, between commas. */
  List<String> addresses(String key) {
    List<String> addresses = new ArrayList<>();
    for (String part : text(key).split(",", -1)) {
      String address = part.strip();
      if (address.matches(ADDRESS)) {
        addresses.add(address);
      } else if (!address.isEmpty()) {
        problems.add("%s has \"%s\", but needs host:port,...".formatted(key, address));
      }
    }
    return addresses;
  }

  /** One text of the form {@code host:port}, or an empty one. */
  String address(String key) {
    String address = text(key);
    if (!address.isEmpty() && !address.matches(ADDRESS)) {
      problems.add("%s is \"%s\", but must be host:port".formatted(key, address));
    }
    return address;
  }

  /** Adds what is wrong with several values together. */
  void complain(String problem) {
    problems.add(problem);
  }

  void throwIfBad() {
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "the configuration has %d problem(s): %s"
              .formatted(problems.size(), String.join("; ", problems)));
    }
  }
}
