package dev.kvasir.engine.weights.gguf;

import dev.kvasir.engine.weights.ModelLoadException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The key-value part of a GGUF file; its errors name the file and the key. */
final class GgufMetadata {
  private final Path file;
  private final Map<String, Object> values;

  GgufMetadata(Path file, Map<String, Object> values) {
    this.file = file;
    this.values = Map.copyOf(values);
  }

  Path file() {
    return file;
  }

  int integer(String key) {
    return value(key, Long.class).map(value -> integer(key, value)).orElseThrow(() -> missing(key));
  }

  int integer(String key, int absent) {
    return value(key, Long.class).map(value -> integer(key, value)).orElse(absent);
  }

  double number(String key) {
    return value(key, Double.class).orElseThrow(() -> missing(key));
  }

  double number(String key, double absent) {
    return value(key, Double.class).orElse(absent);
  }

  boolean flag(String key, boolean absent) {
    return value(key, Boolean.class).orElse(absent);
  }

  String text(String key) {
    return value(key, String.class).orElseThrow(() -> missing(key));
  }

  Optional<String> optionalText(String key) {
    return value(key, String.class);
  }

  /** Not copied; only for reading. */
  List<String> texts(String key) {
    List<?> list = value(key, List.class).orElseThrow(() -> missing(key));
    return list.stream().map(String.class::cast).toList();
  }

  /** Null if there is none. */
  double @Nullable [] numbers(String key) {
    return value(key, double[].class).orElse(null);
  }

  ModelLoadException wrong(String key, Object value, String needed) {
    return new ModelLoadException(
        "%s: %s is %s, but must be %s".formatted(file, key, value, needed));
  }

  private ModelLoadException missing(String key) {
    return new ModelLoadException(file + ": " + key + " is missing");
  }

  private <T> Optional<T> value(String key, Class<T> type) {
    Object value = values.get(key);
    if (value == null) {
      return Optional.empty();
    }
    if (!type.isInstance(value)) {
      throw wrong(key, "a " + value.getClass().getSimpleName(), "a " + type.getSimpleName());
    }
    return Optional.of(type.cast(value));
  }

  private int integer(String key, long value) {
    if (value != (int) value) {
      throw wrong(key, value, "a whole number of at most 31 bits");
    }
    return (int) value;
  }
}
