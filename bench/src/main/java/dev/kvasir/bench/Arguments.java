package dev.kvasir.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Options of a command: {@code --name value} pairs, each name at most once. */
final class Arguments {
  private final Map<String, String> values = new HashMap<>();

  /**
   * Reads them.
   *
   * @param known names that may stand there, without dashes
   * @throws IllegalArgumentException if there is another one, one twice, or one without a value
   */
  Arguments(List<String> words, List<String> known) {
    for (int i = 0; i < words.size(); i += 2) {
      String word = words.get(i);
      if (!word.startsWith("--") || !known.contains(word.substring(2))) {
        throw new IllegalArgumentException(
            "unknown option '%s'; known are --%s".formatted(word, String.join(", --", known)));
      }
      if (i + 1 == words.size() || values.put(word.substring(2), words.get(i + 1)) != null) {
        throw new IllegalArgumentException(word + " needs one value");
      }
    }
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** A whole number of at least {@code least}. */
  int number(String name, int least, int missing) {
    String value = values.get(name);
    if (value == null) {
      return missing;
    }
    if (!value.matches("\\d{1,9}") || Integer.parseInt(value) < least) {
      throw new IllegalArgumentException(
          "--%s is '%s', but must be a whole number from %d on".formatted(name, value, least));
    }
    return Integer.parseInt(value);
  }

  /** A number above 0. */
  double rate(String name, double missing) {
    String value = values.get(name);
    if (value == null) {
      return missing;
    }
    if (!value.matches("\\d{1,6}(\\.\\d{1,6})?") || Double.parseDouble(value) == 0) {
      throw new IllegalArgumentException(
          "--%s is '%s', but must be a number above 0, such as 0.5".formatted(name, value));
    }
    return Double.parseDouble(value);
  }

  /** An option that has to be there. */
  String required(String name) {
    return text(name).orElseThrow(() -> missing(name));
  }

  /** A path, seen from where the command was typed. */
  Optional<Path> path(String name) {
    return text(name).map(Path.of(System.getProperty("kvasir.caller", ""))::resolve);
  }

  /** A file that has to be named and there. */
  Path requiredFile(String name) {
    Path file = path(name).orElseThrow(() -> missing(name));
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException(
          "--%s is '%s', but no such file can be read".formatted(name, file));
    }
    return file;
  }

  /** {@code --model}, which has to be there; else SmolLM2 in models/, or the tiny model. */
  Path model() {
    Path smol = Path.of("models/SmolLM2-135M-Instruct.Q4_1.gguf");
    Path model = path("model").orElse(Files.exists(smol) ? smol : Path.of("models/tiny"));
    if (!Files.exists(model)) {
      throw new IllegalArgumentException(
          "--model is '%s', but no such folder or file is there".formatted(model));
    }
    return model;
  }

  private static IllegalArgumentException missing(String name) {
    return new IllegalArgumentException("--" + name + " is missing");
  }
}
