package dev.kvasir.bench;

import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The figures of a run: medians with their spread, as a table and as JSON. */
final class Measurements {
  /** One figure; {@code low} and {@code high} are the smallest and the largest repeat. */
  record Row(
      String testCase,
      String system,
      String metric,
      double value,
      String unit,
      double low,
      double high) {}

  private final List<Row> rows = new ArrayList<>();

  /** Adds the median of repeats. */
  Row add(String testCase, String metric, String unit, List<Double> repeats) {
    double[] sorted = repeats.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    double low = sorted[0];
    double high = sorted[sorted.length - 1];
    double median = sorted[sorted.length / 2];
    Row row = new Row(testCase, "kvasir", metric, median, unit, low, high);
    rows.add(row);
    return row;
  }

  /** Writes {@code {"machine": {...}, "rows": [{"case", "system", "metric", ...}]}}. */
  void write(Path file) throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("machine", machine());
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

  /** What the figures were measured on. */
  static Map<String, Object> machine() {
    Map<String, Object> machine = new LinkedHashMap<>();
    machine.put("processor", processor());
    machine.put("cores", Runtime.getRuntime().availableProcessors());
    machine.put("java", Runtime.version().toString());
    return machine;
  }

  private static String processor() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> Arrays.asList(line.split(":", 2)).get(1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown"; // not Linux
    }
  }
}
