package dev.kvasir.cache.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** {@code docs/metrics.md}, written from {@link Metric}. */
final class MetricsPage {
  static final Path FILE = Path.of("../docs/metrics.md");

  private static final String HEAD =
      """
      # Metrics

      Written from `Metric`, the class that describes them all; `MetricsPageTest` keeps page and code equal, and says how to write it anew.

      At `/metrics`, with `mp_scope="application"`. Counters start at 0 with the node, go on when the adapter restarts, and follow the node's statistics within a second. A histogram has `_bucket`, `_sum` and `_count`. The hit rate in tokens is 1 - rate(computed) / rate(all sources). `docs/prometheus/rules.yml` alarms on them, `docs/grafana/kvasir.json` shows them.

      | name | labels | type | meaning |
      |---|---|---|---|
      """;
  private static final String FOOT =
      """

      Liberty adds `connectionpool_*` for the decode slots and `ft_*` for the circuit breakers.
      """;

  private MetricsPage() {}

  static String text() {
    StringBuilder page = new StringBuilder(HEAD);
    for (Metric metric : Metric.values()) {
      page.append(
          "| `%s` | %s | %s | %s |%n"
              .formatted(metric.exposedName(), labels(metric), metric.type(), metric.meaning()));
    }
    return page.append(FOOT).toString();
  }

  private static String labels(Metric metric) {
    return metric.labels().stream()
        .map(label -> "`%s` = `%s`".formatted(label.name(), String.join("`, `", label.values())))
        .collect(Collectors.joining("; "));
  }

  /** Writes the page. */
  public static void main(String[] arguments) throws IOException {
    Files.writeString(FILE, text());
  }
}
