package dev.kvasir.bench;

import dev.kvasir.bench.Command.Measurement;
import dev.kvasir.bench.report.Measurements;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The command behind {@code bin/bench}. */
public final class Bench {
  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  private Bench() {}

  public static void main(String[] words) {
    if (List.of(words).equals(List.of("--help"))) {
      System.out.print(Commands.usage());
      return;
    }
    Logger.getLogger("").setLevel(Level.WARNING); // the grid tells much at start and stop
    // Native threads of the tokenizer would keep the process.
    System.exit(run(List.of(words), System.err));
  }

  private static int run(List<String> words, PrintStream err) {
    Measurement measurement;
    try {
      Command command = Commands.of(words.isEmpty() ? "" : words.get(0));
      measurement = command.with(words.subList(1, words.size()));
    } catch (IllegalArgumentException e) { // says which word, and why
      err.println("kvasir: " + e.getMessage() + "; see bin/bench --help");
      return MISUSED;
    }
    return run(measurement, err);
  }

  /** Exit status: 0 measured; 1 not measured, or something that has to hold does not. */
  static int run(Measurement measurement, PrintStream err) {
    try {
      Measurements measurements = measurement.run();
      measurements.failures().forEach(failure -> err.println("kvasir: " + failure));
      return measurements.failures().isEmpty() ? 0 : FAILED;
    } catch (IOException | RuntimeException e) {
      e.printStackTrace(err);
      return FAILED;
    }
  }
}
