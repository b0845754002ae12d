package dev.kvasir.bench.report;

import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The figures of a run: medians with their spread. */
public final class Measurements {
  /** One figure; {@code low} and {@code high} are the smallest and the largest repeat. */
  public record Row(
      String testCase,
      String system,
      String metric,
      double value,
      String unit,
      double low,
      double high) {}

  private final Map<String, Object> machine;
  private final List<Row> rows = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  /** No figures yet, measured on this machine. */
  public Measurements() {
    this.machine = Machine.facts();
  }

  /** Notes a fact beside those of the machine: the model, say. */
  public void note(String name, Object fact) {
    machine.put(name, fact);
  }

  /** Notes that something which has to hold does not, so that the run has failed. */
  public void fail(String why) {
    failures.add(why);
  }

  /** What did not hold; empty if the figures are good. */
  public List<String> failures() {
    return List.copyOf(failures);
  }

  /**
   * Adds the median of repeats, of which there is at least one; of an even number, the mean of the
   * middle two.
   */
  public Row add(String testCase, String system, String metric, String unit, List<Double> repeats) {
    double[] sorted = repeats.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    double low = sorted[0];
    double high = sorted[sorted.length - 1];
    double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    Row row = new Row(testCase, system, metric, median, unit, low, high);
    rows.add(row);
    return row;
  }

  /** A figure that was added, if it was. */
  public Optional<Row> find(String testCase, String system, String metric) {
    return rows.stream()
        .filter(row -> row.testCase().equals(testCase) && row.system().equals(system))
        .filter(row -> row.metric().equals(metric))
        .findFirst();
  }

  /** Writes {@code {"machine": {...}, "rows": [{"case", "system", "metric", ...}]}}. */
  public void write(Path file) throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("machine", machine);
    json.put("rows", rows.stream().map(Measurements::json).toList());
    Files.writeString(file, new GsonBuilder().setPrettyPrinting().create().toJson(json) + "\n");
  }

  private static Map<String, Object> json(Row row) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("case", row.testCase());
    json.put("system", row.system());
    json.put("metric", row.metric());
    json.put("value", row.value());
    json.put("unit", row.unit());
    json.put("low", row.low());
    json.put("high", row.high());
    return json;
  }
}
