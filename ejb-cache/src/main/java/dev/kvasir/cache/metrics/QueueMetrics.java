package dev.kvasir.cache.metrics;

import dev.kvasir.cache.QueueStats;
import dev.kvasir.cache.queue.SlotQueue;
import dev.kvasir.completion.Priority;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** Gauges of the queue before the decode slots, and of the node; {@link Metric} describes them. */
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
    metrics.gauge(Metric.REQUESTS_RUNNING, QueueStats::running);
  }

  /**
   * Registers what is asked for at each look.
   *
   * @param members of the cluster
   * @param ready whether the model is loaded and its engine serves
   */
  public static void registerNode(
      MetricRegistry registry, IntSupplier members, BooleanSupplier ready) {
    registry.gauge(Metric.MEMBERS.metadata(), members::getAsInt);
    registry.gauge(Metric.READY.metadata(), () -> ready.getAsBoolean() ? 1 : 0);
  }

  private void gaugeWaiting(Priority priority, ToIntFunction<QueueStats> value) {
    gauge(Metric.REQUEST_QUEUE, value, new Tag("priority", priority.label()));
  }

  private void gauge(Metric metric, ToIntFunction<QueueStats> value, Tag... tags) {
    registry.gauge(metric.metadata(), () -> value.applyAsInt(queue.stats()), tags);
  }
}
