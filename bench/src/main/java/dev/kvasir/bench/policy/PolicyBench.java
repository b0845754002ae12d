package dev.kvasir.bench.policy;

import dev.kvasir.bench.report.Measurements;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Hit ratios of policies on a recorded trace, at several sizes of the cache. */
public final class PolicyBench {
  /** What the name of a trace begins with that is made by rule. */
  public static final String SYNTHETIC = "synthetic:";

  private static final String HIT_RATIO = "hit-ratio";

  private final Choice choice;
  private final PrintStream out;

  /**
   * What to replay.
   *
   * @param trace file of it, or {@code synthetic:NAME}
   * @param sizes of the cache, in blocks
   * @param policies names between commas; all of them without
   * @param csv file for the ratios
   * @param svg file for a plot of them
   */
  public record Choice(
      String trace,
      List<Integer> sizes,
      Optional<String> policies,
      Optional<Path> csv,
      Optional<Path> svg) {
    public Choice {
      sizes = List.copyOf(sizes);
      List<Contestant> unused = Contestant.of(policies); // throws now if one is unknown
    }

    /**
     * Reads sizes between commas.
     *
     * @throws IllegalArgumentException if one is no whole number from 1 on
     */
    public static List<Integer> sizes(String text) {
      List<Integer> sizes = new ArrayList<>();
      for (String size : text.split(",", -1)) {
        if (!size.matches("[1-9]\\d{0,8}")) {
          throw new IllegalArgumentException(
              "--sizes has '%s', but needs whole numbers from 1 on, such as 1000,5000"
                  .formatted(size));
        }
        sizes.add(Integer.parseInt(size));
      }
      return sizes;
    }
  }

  public PolicyBench(Choice choice, PrintStream out) {
    this.choice = choice;
    this.out = out;
  }

  /** Replays all and prints the table. */
  public Measurements run() throws IOException {
    Trace trace =
        choice.trace().startsWith(SYNTHETIC)
            ? SyntheticTrace.of(choice.trace().substring(SYNTHETIC.length()))
            : TraceFormat.read(Path.of(choice.trace()));
    String name = choice.trace().substring(choice.trace().lastIndexOf('/') + 1);
    out.printf(
        "%s: %,d requests, %,d block accesses, %,d blocks%n%n",
        name, trace.requests().size(), trace.accesses(), trace.blockCount());
    Measurements figures = new Measurements();
    figures.note("trace", name);
    HitRatios ratios = new HitRatios(choice.sizes());
    for (Contestant contestant : Contestant.of(choice.policies())) {
      ratios.add(
          contestant.name(),
          choice.sizes().stream().map(size -> measure(contestant, trace, size, figures)).toList());
    }
    ratios.print(out);
    if (choice.csv().isPresent()) {
      Files.writeString(choice.csv().get(), ratios.csv());
    }
    if (choice.svg().isPresent()) {
      Files.writeString(choice.svg().get(), HitRatioPlot.svg(ratios));
    }
    return figures;
  }

  private static double measure(
      Contestant contestant, Trace trace, int size, Measurements figures) {
    Replay.Outcome outcome = contestant.run(trace, size);
    String testCase = Integer.toString(size);
    List<Double> hitRatio = List.of(outcome.hitRatio());
    figures.add(testCase, contestant.name(), HIT_RATIO, "ratio", hitRatio);
    figures.add(
        testCase,
        contestant.name(),
        "replay-speed",
        "accesses/s",
        List.of(outcome.accessesPerSecond()));
    return outcome.hitRatio();
  }
}
