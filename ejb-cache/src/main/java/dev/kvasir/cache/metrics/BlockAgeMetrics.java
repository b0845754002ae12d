package dev.kvasir.cache.metrics;

import dev.kvasir.cache.BlockAges;
import dev.kvasir.cache.EvictionKind;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.eclipse.microprofile.metrics.Timer;

/** How old blocks get under each policy that was in force. */
public final class BlockAgeMetrics implements BlockAges {
  private static final double NANOS_PER_SECOND = 1e9;

  private final MetricRegistry registry;
  private final Supplier<EvictionKind> policy;
  private final Timer reuseGap;

  /**
   * Registers in the application's registry.
   *
   * @param policy in force; another one's series begin with its first eviction
   */
  public BlockAgeMetrics(MetricRegistry registry, Supplier<EvictionKind> policy) {
    this.registry = registry;
    this.policy = policy;
    reuseGap = registry.timer(Metric.BLOCK_REUSE_GAP.metadata());
    for (Metric metric : List.of(Metric.BLOCK_LIFETIME, Metric.BLOCK_IDLE)) {
      Timer unused = byPolicy(metric);
    }
  }

  private Timer byPolicy(Metric metric) {
    String label = policy.get().name().toLowerCase(Locale.ROOT);
    return registry.timer(metric.metadata(), new Tag("policy", label));
  }

  @Override
  public void used(double gapSeconds) {
    reuseGap.update(duration(gapSeconds));
  }

  @Override
  public void evicted(double lifetimeSeconds, double idleSeconds) {
    byPolicy(Metric.BLOCK_LIFETIME).update(duration(lifetimeSeconds));
    byPolicy(Metric.BLOCK_IDLE).update(duration(idleSeconds));
  }

  private static Duration duration(double seconds) {
    return Duration.ofNanos((long) (Math.max(0, seconds) * NANOS_PER_SECOND));
  }
}
