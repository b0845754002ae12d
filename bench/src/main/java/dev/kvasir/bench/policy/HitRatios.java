package dev.kvasir.bench.policy;

import dev.kvasir.bench.report.Table;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Hit ratios by policy and size of the cache. */
final class HitRatios {
  private final List<Integer> sizes;
  private final Map<String, List<Double>> byPolicy = new LinkedHashMap<>();

  /** None yet, for these sizes. */
  HitRatios(List<Integer> sizes) {
    this.sizes = List.copyOf(sizes);
  }

  /** Adds a policy's, 0 to 1, one for each size. */
  void add(String policy, List<Double> ratios) {
    byPolicy.put(policy, List.copyOf(ratios));
  }

  List<Integer> sizes() {
    return sizes;
  }

  /** In the order in which they were added. */
  Map<String, List<Double>> byPolicy() {
    return byPolicy;
  }

  /** Prints them in percent. */
  void print(PrintStream out) {
    List<String> head = new ArrayList<>(List.of("hit blocks, %"));
    sizes.forEach(size -> head.add("%,d".formatted(size)));
    Table table = new Table(head.toArray(String[]::new));
    byPolicy.forEach((policy, ratios) -> table.add(line(policy, ratios, "%.2f", 100)));
    table.print(out);
  }

  /** A line for each policy, ratios from 0 to 1, after a head. */
  String csv() {
    StringBuilder csv = new StringBuilder("policy");
    sizes.forEach(size -> csv.append(',').append(size));
    csv.append('\n');
    byPolicy.forEach(
        (policy, ratios) ->
            csv.append(String.join(",", line(policy, ratios, "%.6f", 1))).append('\n'));
    return csv.toString();
  }

  private static List<String> line(
      String policy, List<Double> ratios, String pattern, double factor) {
    List<String> cells = new ArrayList<>(List.of(policy));
    ratios.forEach(ratio -> cells.add(String.format(Locale.ROOT, pattern, factor * ratio)));
    return cells;
  }
}
