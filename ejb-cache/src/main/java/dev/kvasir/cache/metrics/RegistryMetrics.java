package dev.kvasir.cache.metrics;

import dev.kvasir.cache.alerts.MetricName;
import dev.kvasir.cache.alerts.MetricSource;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Gauge;
import org.eclipse.microprofile.metrics.Histogram;
import org.eclipse.microprofile.metrics.MetricID;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Timer;

/** The application's metrics by the names that they have outside. */
public final class RegistryMetrics implements MetricSource {
  private final MetricRegistry registry;

  public RegistryMetrics(MetricRegistry registry) {
    this.registry = registry;
  }

  /** Whether there is a metric of a name. */
  public static boolean isMetric(String name) {
    return find(name).isPresent();
  }

  private static Optional<Metric> find(String name) {
    return Arrays.stream(Metric.values())
        .filter(metric -> metric.exposedName().equals(name))
        .findFirst();
  }

  @Override
  public Optional<Reading> read(MetricName wanted) {
    return find(wanted.name())
        .map(metric -> new Reading(sum(metric, wanted), !metric.type().equals("gauge")));
  }

  private double sum(Metric metric, MetricName wanted) {
    String name = metric.metadata().getName();
    return registry.getMetrics().entrySet().stream()
        .filter(entry -> entry.getKey().getName().equals(name) && has(entry.getKey(), wanted))
        .mapToDouble(entry -> valueOf(entry.getValue()))
        .sum();
  }

  private static boolean has(MetricID series, MetricName wanted) {
    return wanted.labels().entrySet().stream()
        .allMatch(label -> label.getValue().equals(series.getTags().get(label.getKey())));
  }

  private static double valueOf(org.eclipse.microprofile.metrics.Metric metric) {
    if (metric instanceof Counter counter) {
      return (double) counter.getCount();
    }
    if (metric instanceof Timer timer) {
      return (double) timer.getCount();
    }
    if (metric instanceof Histogram histogram) {
      return (double) histogram.getCount();
    }
    return metric instanceof Gauge<?> gauge ? gauge.getValue().doubleValue() : Double.NaN;
  }
}
