package dev.kvasir.cache.metrics;

import dev.kvasir.cache.QueueStats;
import dev.kvasir.cache.queue.SlotQueue;
import dev.kvasir.completion.Priority;
import java.util.function.ToIntFunction;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** Gauges of the queue before the decode slots; {@code docs/metrics.md} lists them. */
public final class QueueMetrics {
  private final MetricRegistry registry;
  private final SlotQueue queue;

  private QueueMetrics(MetricRegistry registry, SlotQueue queue) {
    this.registry = registry;
    this.queue = queue;
  }

  /** Registers in the application's registry. */
  public static void register(MetricRegistry registry, SlotQueue queue) {
    QueueMetrics metrics = new QueueMetrics(registry, queue);
    metrics.gaugeWaiting(Priority.HIGH, QueueStats::high);
    metrics.gaugeWaiting(Priority.NORMAL, QueueStats::normal);
    metrics.gaugeWaiting(Priority.LOW, QueueStats::low);
    metrics.gauge(
        "kvasir_requests_running", "requests that have a decode slot", QueueStats::running);
  }

  private void gaugeWaiting(Priority priority, ToIntFunction<QueueStats> value) {
    gauge(
        "kvasir_request_queue",
        "requests that wait for a decode slot",
        value,
        new Tag("priority", priority.label()));
  }

  private void gauge(
      String name, String description, ToIntFunction<QueueStats> value, Tag... tags) {
    registry.gauge(
        Metadata.builder().withName(name).withDescription(description).build(),
        () -> value.applyAsInt(queue.stats()),
        tags);
  }
}
