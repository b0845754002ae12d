package dev.kvasir.cache.metrics;

import dev.kvasir.cache.ShadowReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.microprofile.metrics.MetricID;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** Two gauges for each shadow: they come and go with the settings. */
public final class ShadowMetrics {
  private final MetricRegistry registry;
  private final List<MetricID> registered = new ArrayList<>(); // guarded by this
  private volatile Map<String, ShadowReport.Ratios> ratios = Map.of();

  /** Registers nothing yet. */
  public ShadowMetrics(MetricRegistry registry) {
    this.registry = registry;
  }

  /** Takes over new figures. */
  public synchronized void refresh(ShadowReport report) {
    Map<String, ShadowReport.Ratios> now = new HashMap<>();
    report.runs().forEach(run -> now.put(run.policy(), run.recent()));
    boolean others = !now.keySet().equals(ratios.keySet());
    ratios = Map.copyOf(now);
    if (others) {
      registered.forEach(registry::remove);
      registered.clear();
      now.keySet().forEach(this::register);
    }
  }

  private void register(String policy) {
    gauge(Metric.SHADOW_HIT_RATIO, policy, () -> of(policy).hitRatio());
    gauge(Metric.SHADOW_LIVE_HIT_RATIO, policy, () -> of(policy).liveHitRatio());
  }

  private void gauge(Metric metric, String policy, Supplier<Double> value) {
    Tag tag = new Tag("policy", policy);
    registry.gauge(metric.metadata(), value, tag);
    registered.add(new MetricID(metric.metadata().getName(), tag));
  }

  private ShadowReport.Ratios of(String policy) {
    return ratios.getOrDefault(policy, new ShadowReport.Ratios(0, 0, 0));
  }
}
