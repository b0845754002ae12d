package dev.kvasir.cache.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.CacheStats;
import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.PublishCounts;
import dev.kvasir.cache.Refusal;
import dev.kvasir.cache.ShadowReport;
import dev.kvasir.cache.queue.Claim;
import dev.kvasir.cache.queue.SlotQueue;
import dev.kvasir.cache.testing.TestingBlockStore;
import dev.kvasir.cache.testing.TestingNode;
import dev.kvasir.completion.CachePolicy;
import dev.kvasir.completion.Priority;
import dev.kvasir.inference.BlockFault;
import dev.kvasir.inference.EngineStats;
import dev.kvasir.inference.IdleStats;
import io.smallrye.metrics.SharedMetricRegistries;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.microprofile.metrics.MetricID;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CacheMetricsTest {
  private final TestingNode node = new TestingNode("a", new TestingBlockStore());
  private final MetricRegistry registry =
      SharedMetricRegistries.getOrCreate(MetricRegistry.APPLICATION_SCOPE);

  @BeforeEach
  void empty() {
    registry.removeMatching((id, metric) -> true);
  }

  private long counted(String name, Tag... tags) {
    return registry.getCounter(new MetricID(name, tags)).getCount();
  }

  private Number gauged(String name, Tag... tags) {
    return (Number) registry.getGauge(new MetricID(name, tags)).getValue();
  }

  @Test
  void refresh_twoRequests_countsWhatTheyTook() {
    CacheMetrics metrics = new CacheMetrics(registry, node.cache.stats(), node.counters);
    String text = "a shared beginning"; // 19 tokens, 4 shareable blocks of 4
    node.complete("t", text, CachePolicy.USE);
    node.complete("t", text, CachePolicy.USE);

    metrics.refresh(node.cache.stats());

    assertEquals(2, counted("kvasir_lookups"));
    assertEquals(1, counted("kvasir_lookup_hits"));
    assertEquals(16, counted("kvasir_prompt_tokens", new Tag("source", "pool")));
    assertEquals(22, counted("kvasir_prompt_tokens", new Tag("source", "computed")));
    assertEquals(1, counted("kvasir_lookup_outcomes", new Tag("reason", "first_seen")));
    assertEquals(1, counted("kvasir_lookup_outcomes", new Tag("reason", "none")));
    assertEquals(4, counted("kvasir_published_blocks"));
    assertEquals(4, counted("kvasir_publish_skipped"));
    assertEquals(4.0, gauged("kvasir_pool_cached_blocks").doubleValue());
  }

  @Test
  void refresh_estimatesChecked_countsAndTellsTheError() {
    CacheMetrics metrics = new CacheMetrics(registry, node.cache.stats(), node.counters);
    node.counters.recomputed(0.25, 0.25);
    node.counters.recomputed(0.25, 0.5);
    node.counters.recomputedFirst();
    node.counters.recomputeDropped();

    metrics.refresh(node.cache.stats());

    for (String result : List.of("within", "beyond", "first", "dropped")) {
      assertEquals(1, counted("kvasir_recompute_checks", new Tag("result", result)), result);
    }
    Tag worst = new Tag("rank", "p90");
    assertEquals(0.5, gauged("kvasir_recompute_error_ratio", worst).doubleValue());
  }

  @Test
  void refresh_twice_countsOnce() {
    CacheMetrics metrics = new CacheMetrics(registry, node.cache.stats(), node.counters);
    node.complete("t", "a shared beginning", CachePolicy.USE);
    metrics.refresh(node.cache.stats());
    metrics.refresh(node.cache.stats());
    assertEquals(1, counted("kvasir_lookups"));
  }

  @Test
  void refresh_adapterRestarted_countsOnAtOnce() {
    CacheMetrics metrics = new CacheMetrics(registry, node.cache.stats(), node.counters);
    metrics.refresh(withDecodeSteps(100));
    assertEquals(100, counted("kvasir_decode_steps"));

    metrics.refresh(withDecodeSteps(7)); // of a new engine

    assertEquals(107, counted("kvasir_decode_steps"));
    metrics.refresh(withDecodeSteps(9));
    assertEquals(109, counted("kvasir_decode_steps"));
  }

  private CacheStats withDecodeSteps(long steps) {
    CacheStats stats = node.cache.stats();
    return new CacheStats(
        stats.node(),
        stats.requests(),
        stats.tokens(),
        stats.publishing(),
        stats.grid(),
        stats.disk(),
        stats.pool(),
        new EngineStats(0, 0, 0, 0, steps, 0, 0, 0, new IdleStats(3, 64 * steps, steps, 0)),
        stats.circuit(),
        stats.timing(),
        stats.spent(),
        stats.recomputes());
  }

  @Test
  void refresh_afterTrouble_countsIt() {
    CacheMetrics metrics = new CacheMetrics(registry, node.cache.stats(), node.counters);
    node.counters.storeTrouble(new IllegalStateException("of the test"));
    node.counters.storeTrouble(new IllegalStateException("of the test"));
    node.counters.discarded(BlockFault.FORMAT);
    metrics.refresh(node.cache.stats());
    assertEquals(2, counted("kvasir_store_troubles"));
    assertEquals(1, counted("kvasir_blocks_discarded"));
  }

  @Test
  void observe_oneRequest_timesItsTokens() {
    RequestMetrics requests = new RequestMetrics(registry);
    requests.waited(Priority.LOW, 2);
    requests.firstToken(0.25);
    requests.nextToken(0.04);
    requests.nextToken(0.05);

    Tag low = new Tag("priority", "low");
    assertEquals(1, registry.getTimer(new MetricID("kvasir_queue_wait", low)).getCount());
    assertEquals(1, registry.getTimer(new MetricID("kvasir_time_to_first_token")).getCount());
    assertEquals(2, registry.getTimer(new MetricID("kvasir_inter_token")).getCount());
  }

  @Test
  @SuppressWarnings("try") // the turn is held, not used
  void gauges_oneRuns_saysSo() {
    QueueMetrics.register(registry, node.queue);
    try (SlotQueue.Turn turn = node.queue.enter(new Claim("t", Priority.LOW, 1), () -> true)) {
      assertEquals(1, gauged("kvasir_requests_running").intValue());
      assertEquals(0, gauged("kvasir_request_queue", new Tag("priority", "low")).intValue());
    }
    assertEquals(0, gauged("kvasir_requests_running").intValue());
  }

  @Test
  void observe_refusals_countsThemByReason() {
    RequestMetrics requests = new RequestMetrics(registry);
    requests.refused(Refusal.NO_SLOT);
    requests.refused(Refusal.NO_SLOT);
    requests.refused(Refusal.POOL);

    assertEquals(2, counted("kvasir_requests_refused", new Tag("reason", "no_slot")));
    assertEquals(1, counted("kvasir_requests_refused", new Tag("reason", "pool")));
    assertEquals(0, counted("kvasir_requests_refused", new Tag("reason", "prompt")));
  }

  @Test
  void registry_everything_isDescribedAndNothingIsMissing() {
    CacheMetrics metrics = new CacheMetrics(registry, node.cache.stats(), node.counters);
    metrics.refresh(node.cache.stats());
    RequestMetrics requests = new RequestMetrics(registry);
    requests.firstToken(0);
    RequestMetrics.accessLogDrops(registry).run();
    QueueMetrics.register(registry, node.queue);
    QueueMetrics.registerNode(registry, () -> 1, () -> true);
    new BlockAgeMetrics(registry, () -> EvictionKind.LRU).used(1);
    node.complete("t", "a shared beginning", CachePolicy.USE);
    new ReuseMetrics(registry).accept(node.observer.finished.get(0));
    new ApproximateMetrics(registry).accept(node.observer.finished.get(0));
    new RouteMetrics(registry).count(RouteMetrics.HINTED);
    new QuotaMetrics(registry)
        .refresh(new PublishCounts(0, 0, 0, 0, 0, Map.of(), Map.of("default", 1L)));
    ShadowReport.Ratios ratios = new ShadowReport.Ratios(8, 0.5, 0.25);
    new ShadowMetrics(registry)
        .refresh(
            new ShadowReport(
                "a",
                "reuse@1.0",
                List.of(new ShadowReport.Run("lru@1.0", ratios, ratios, 1, 2, 1)),
                0));

    Set<String> names = new TreeSet<>();
    registry.getCounters().keySet().forEach(id -> names.add(id.getName() + "_total"));
    registry.getGauges().keySet().forEach(id -> names.add(id.getName()));
    registry.getTimers().keySet().forEach(id -> names.add(id.getName() + "_seconds"));
    registry.getHistograms().keySet().forEach(id -> names.add(id.getName()));

    Set<String> described = new TreeSet<>();
    Stream.of(Metric.values()).forEach(metric -> described.add(metric.exposedName()));
    assertEquals(described, names);
  }

  @Test
  void registry_labels_areThoseDescribed() {
    CacheMetrics metrics = new CacheMetrics(registry, node.cache.stats(), node.counters);
    metrics.refresh(node.cache.stats());
    QueueMetrics.register(registry, node.queue);
    new RequestMetrics(registry).firstToken(0);
    Map<String, Metric> described = new HashMap<>();
    Stream.of(Metric.values())
        .forEach(metric -> described.put(metric.metadata().getName(), metric));
    for (MetricID id : registry.getMetrics().keySet()) {
      Metric metric = Objects.requireNonNull(described.get(id.getName()));
      id.getTags()
          .forEach(
              (name, value) -> {
                assertTrue(
                    metric.labels().stream()
                        .anyMatch(
                            label -> label.name().equals(name) && label.values().contains(value)),
                    id::toString);
              });
    }
  }
}
