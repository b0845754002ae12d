package dev.kvasir.cache.metrics;

import dev.kvasir.cache.PublishCounts;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** A counter for each tenant that was over its quota. */
public final class QuotaMetrics {
  private final MetricRegistry registry;
  private final Map<String, Long> last = new HashMap<>(); // guarded by this

  /** Registers nothing yet. */
  public QuotaMetrics(MetricRegistry registry) {
    this.registry = registry;
  }

  /** Takes over new figures. */
  public synchronized void refresh(PublishCounts counts) {
    counts
        .overQuota()
        .forEach(
            (tenant, blocks) -> {
              long before = last.getOrDefault(tenant, 0L);
              registry
                  .counter(Metric.QUOTA_REFUSALS.metadata(), new Tag("tenant", tenant))
                  .inc(blocks - before);
              last.put(tenant, blocks);
            });
  }
}
