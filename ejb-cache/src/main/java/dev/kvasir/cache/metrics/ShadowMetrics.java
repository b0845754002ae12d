package dev.kvasir.cache.metrics;

import dev.kvasir.cache.ShadowReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.microprofile.metrics.Metadata;
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
    gauge(
        "kvasir_shadow_hit_ratio",
        "blocks of the last 10,000 asked for that the policy would have had",
        policy,
        () -> of(policy).hitRatio());
    gauge(
        "kvasir_shadow_live_hit_ratio",
        "of the same blocks, those that the grid had",
        policy,
        () -> of(policy).liveHitRatio());
  }

  private void gauge(String name, String description, String policy, Supplier<Double> value) {
    Tag tag = new Tag("policy", policy);
    registry.gauge(
        Metadata.builder().withName(name).withDescription(description).build(), value, tag);
    registered.add(new MetricID(name, tag));
  }

  private ShadowReport.Ratios of(String policy) {
    return ratios.getOrDefault(policy, new ShadowReport.Ratios(0, 0, 0));
  }
}
