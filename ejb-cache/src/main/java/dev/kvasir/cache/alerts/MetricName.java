package dev.kvasir.cache.alerts;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A metric, or those of its series that have some labels; their sum is meant.
 *
 * @param name as in docs/metrics.md; of a histogram its count is meant
 * @param labels that a series must have
 */
public record MetricName(String name, Map<String, String> labels) {
  public MetricName {
    labels = Map.copyOf(labels);
  }

  /** As rules write it. */
  @Override
  public String toString() {
    return labels.isEmpty()
        ? name
        : name
            + new TreeMap<>(labels)
                .entrySet().stream()
                    .map(label -> label.getKey() + "=" + label.getValue())
                    .collect(Collectors.joining(",", "{", "}"));
  }
}
