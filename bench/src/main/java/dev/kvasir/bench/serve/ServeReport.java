package dev.kvasir.bench.serve;

import dev.kvasir.bench.report.Measurements;
import dev.kvasir.bench.report.Table;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a run of a workload came to. */
final class ServeReport {
  private static final double[] PERCENTILES = {50, 90, 99};
  private static final int SHOWN_ERRORS = 5;

  private final String workload;
  private final String system;
  private final List<Answer> answers;
  private final Measurements measurements = new Measurements();

  /** Of answers from one endpoint; {@code system} is its name in the figures. */
  ServeReport(String workload, String system, List<Answer> answers) {
    this.workload = workload;
    this.system = system;
    this.answers = List.copyOf(answers);
  }

  /** Prints the tables and gives the figures. */
  Measurements print(PrintStream out) {
    Table times = new Table(workload + " (ms)", "p50", "p90", "p99", "count");
    distributions(answers).forEach((name, numbers) -> addTimes(times, name, numbers));
    times.print(out);
    Table totals = new Table(workload, "value", "unit");
    double seconds = answers.stream().mapToDouble(answer -> answer.seconds().end()).max().orElse(0);
    double good = answers.stream().filter(answer -> !answer.failed()).count();
    add(totals, workload, "requests", answers.size(), "");
    add(totals, workload, "errors", answers.size() - good, "");
    add(totals, workload, "request throughput", good / seconds, "1/s");
    add(totals, workload, "output throughput", completionTokens() / seconds, "tokens/s");
    add(totals, workload, "cached prompt tokens", cachedShare(answers), "share");
    totals.print(out);
    printRounds(out);
    printErrors(out);
    return measurements;
  }

  private static Map<String, Distribution> distributions(List<Answer> answers) {
    List<Answer> spoken = answers.stream().filter(Answer::spoke).toList();
    List<Double> gaps = new ArrayList<>();
    for (Answer answer : spoken) {
      List<Double> pieces = answer.seconds().pieces();
      for (int i = 1; i < pieces.size(); i++) {
        gaps.add(pieces.get(i) - pieces.get(i - 1));
      }
    }
    Map<String, Distribution> distributions = new LinkedHashMap<>();
    distributions.put(
        "ttft", new Distribution(spoken.stream().map(Answer::timeToFirstToken).toList()));
    distributions.put("inter-token", new Distribution(gaps));
    distributions.put(
        "e2e",
        new Distribution(
            spoken.stream()
                .map(answer -> answer.seconds().end() - answer.seconds().due())
                .toList()));
    return distributions;
  }

  private void addTimes(Table table, String name, Distribution numbers) {
    List<String> line = new ArrayList<>(List.of(name));
    for (double percent : PERCENTILES) {
      double millis = 1e3 * numbers.percentile(percent);
      line.add(number(millis));
      if (numbers.count() > 0) {
        measurements.add(workload, system, name + " p" + (int) percent, "ms", List.of(millis));
      }
    }
    line.add(String.valueOf(numbers.count()));
    table.add(line);
  }

  private void add(Table table, String testCase, String metric, double value, String unit) {
    table.add(List.of(metric, number(value), unit));
    measurements.add(testCase, system, metric, unit, List.of(value));
  }

  private long completionTokens() {
    return answers.stream().mapToLong(answer -> answer.tokens().completion()).sum();
  }

  private static double cachedShare(List<Answer> answers) {
    long prompt = answers.stream().mapToLong(answer -> answer.tokens().prompt()).sum();
    long cached = answers.stream().mapToLong(answer -> answer.tokens().cached()).sum();
    return prompt == 0 ? 0 : (double) cached / prompt;
  }

  /** Hits and times of each round, where conversations have more than one. */
  private void printRounds(PrintStream out) {
    Map<Integer, List<Answer>> rounds =
        answers.stream()
            .collect(
                Collectors.groupingBy(
                    answer -> answer.turn().round(), TreeMap::new, Collectors.toList()));
    if (rounds.size() < 2) {
      return;
    }
    Table table = new Table("round", "ttft p50 (ms)", "cached prompt tokens (share)");
    rounds.forEach(
        (round, some) -> {
          String testCase = workload + " round " + (round + 1);
          List<String> line = new ArrayList<>(List.of(testCase));
          Distribution times =
              new Distribution(
                  some.stream().filter(Answer::spoke).map(Answer::timeToFirstToken).toList());
          double millis = 1e3 * times.percentile(50);
          line.add(number(millis));
          if (times.count() > 0) {
            measurements.add(testCase, system, "ttft p50", "ms", List.of(millis));
          }
          double share = cachedShare(some);
          line.add(number(share));
          measurements.add(testCase, system, "cached prompt tokens", "share", List.of(share));
          table.add(line);
        });
    table.print(out);
  }

  private void printErrors(PrintStream out) {
    answers.stream()
        .filter(Answer::failed)
        .collect(Collectors.groupingBy(Answer::error, TreeMap::new, Collectors.counting()))
        .entrySet()
        .stream()
        .limit(SHOWN_ERRORS)
        .forEach(entry -> out.printf("%d failed: %s%n", entry.getValue(), entry.getKey()));
  }

  /** Three or four digits of meaning; "-" for none. */
  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    return value == Math.rint(value) || value >= 100
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.3f", value);
  }
}
