package dev.kvasir.bench;

import dev.kvasir.bench.report.Measurements;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A word that {@code bin/bench} knows.
 *
 * @param name the word
 * @param options names of its options
 * @param usage its part of the help: the line, and what it tells
 * @param prepare reads the options; throws IllegalArgumentException where one is wrong
 */
record Command(
    String name, List<String> options, String usage, Function<Arguments, Measurement> prepare) {
  /** A measurement, ready to begin. */
  interface Measurement {
    Measurements run() throws IOException;
  }

  /** A measurement of a model. */
  interface ModelMeasurement {
    Measurements run(Path model) throws IOException;
  }

  private static final String JSON = "json";

  /** With {@code --json} and these options. */
  Command {
    List<String> all = new ArrayList<>(options);
    all.add(JSON);
    options = List.copyOf(all);
  }

  /** One that measures a model, which {@code --model} names. */
  static Command ofModel(
      String name,
      List<String> options,
      String usage,
      Function<Arguments, ModelMeasurement> prepare) {
    List<String> all = new ArrayList<>(options);
    all.add("model");
    return new Command(
        name,
        all,
        usage,
        arguments -> {
          ModelMeasurement measurement = prepare.apply(arguments);
          Path model = arguments.model();
          return () -> measurement.run(model);
        });
  }

  /**
   * Reads the options, measures, and writes the figures where they are wanted.
   *
   * @return to be run; throws IOException if a file cannot be read or written
   * @throws IllegalArgumentException if an option is wrong
   */
  Measurement with(List<String> words) {
    Arguments arguments = new Arguments(words, options);
    Measurement measurement = prepare.apply(arguments);
    return () -> {
      Measurements measurements = measurement.run();
      if (arguments.path(JSON).isPresent()) {
        measurements.write(arguments.path(JSON).get());
      }
      return measurements;
    };
  }
}
