package dev.kvasir.bench.node;

import dev.kvasir.bench.node.BenchNode.Timed;
import dev.kvasir.bench.report.Measurements;
import dev.kvasir.bench.report.Table;
import dev.kvasir.completion.Approximation;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was seen of each policy, by workload. */
final class ReuseReport {
  private static final List<String> FIGURES = List.of("ttft", "reused", "kl", "agreement", "right");
  private static final List<String> UNITS = List.of("ms", "1", "nats", "1", "1");

  private final String exact;
  private final Map<String, Map<String, List<double[]>>> seen = new LinkedHashMap<>();

  /**
   * @param exact name of what all others are compared with
   */
  ReuseReport(String exact) {
    this.exact = exact;
  }

  /**
   * An answer.
   *
   * @param kl divergence of its first token's distribution from the exact one's, in nats
   * @param agreement share of the exact answer before the first token that differs
   */
  record Seen(Timed timed, double kl, double agreement) {}

  /** Notes an answer of a system. */
  void add(String workload, String system, OrderedNotes asked, Seen answer) {
    Approximation approximation = answer.timed().completion().cache().approximation();
    int reused = approximation == null ? 0 : approximation.reusedTokens();
    double[] figures = {
      answer.timed().firstTokenMillis(),
      (double) reused / answer.timed().completion().promptTokens(),
      answer.kl(),
      answer.agreement(),
      asked.notes().isRight(asked.person(), answer.timed().completion().text()) ? 1 : 0
    };
    seen.computeIfAbsent(workload, any -> new LinkedHashMap<>())
        .computeIfAbsent(system, any -> new ArrayList<>())
        .add(figures);
  }

  /** Prints a table of each workload, and adds all figures to the measurements. */
  void print(Measurements measurements, PrintStream out) {
    seen.forEach((workload, systems) -> print(workload, systems, measurements, out));
  }

  private void print(
      String workload,
      Map<String, List<double[]>> systems,
      Measurements measurements,
      PrintStream out) {
    Table table =
        new Table(workload, "TTFT ms", "of exact", "reused", "KL nats", "agreement", "right");
    systems.forEach((system, rows) -> add(measurements, workload, system, rows));
    double exactMillis = millis(measurements, workload, exact);
    systems.forEach(
        (system, rows) -> {
          double millis = millis(measurements, workload, system);
          table.add(
              List.of(
                  system,
                  format("%.0f", millis),
                  format("%.2f", millis / exactMillis),
                  format("%.2f", mean(rows, 1)),
                  format("%.4f", mean(rows, 2)),
                  format("%.2f", mean(rows, 3)),
                  format("%.2f", mean(rows, 4))));
        });
    table.print(out);
  }

  private static void add(
      Measurements measurements, String workload, String system, List<double[]> rows) {
    for (int figure = 0; figure < FIGURES.size(); figure++) {
      int column = figure;
      List<Double> values = rows.stream().map(row -> row[column]).toList();
      measurements.add(workload, system, FIGURES.get(figure), UNITS.get(figure), values);
    }
  }

  private static double millis(Measurements measurements, String workload, String system) {
    return measurements.find(workload, system, FIGURES.get(0)).orElseThrow().value();
  }

  private static double mean(List<double[]> rows, int figure) {
    return rows.stream().mapToDouble(row -> row[figure]).average().orElse(0);
  }

  private static String format(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
  }
}
