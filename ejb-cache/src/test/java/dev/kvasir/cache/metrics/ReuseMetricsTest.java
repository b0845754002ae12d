package dev.kvasir.cache.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.RequestSummary;
import dev.kvasir.cache.request.FinishedRequest;
import dev.kvasir.cache.testing.TestingModel;
import dev.kvasir.completion.CacheReport;
import dev.kvasir.completion.Gap;
import dev.kvasir.completion.LoadEstimate;
import dev.kvasir.completion.MissReason;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.KvLayout;
import io.smallrye.metrics.SharedMetricRegistries;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.metrics.Histogram;
import org.eclipse.microprofile.metrics.MetricID;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.eclipse.microprofile.metrics.Timer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests of 5 blocks of 4 tokens, and 3 tokens behind them. */
final class ReuseMetricsTest {
  private static final BlockHash NAME = new BlockHash(1, 2, 3, 4);
  private static final int BLOCK = TestingModel.BLOCK_SIZE;

  private static final KvLayout LAYOUT = new TestingModel(1).info().layout();

  private final MetricRegistry registry =
      SharedMetricRegistries.getOrCreate(MetricRegistry.APPLICATION_SCOPE);

  @BeforeEach
  void empty() {
    registry.removeMatching((id, metric) -> true);
  }

  private void told(int poolBlocks, int remoteBlocks, @Nullable LoadEstimate estimate) {
    told(poolBlocks, remoteBlocks, estimate, List.of());
  }

  private void told(
      int poolBlocks, int remoteBlocks, @Nullable LoadEstimate estimate, List<Gap> gaps) {
    int cached = (poolBlocks + remoteBlocks) * BLOCK;
    CacheReport report =
        new CacheReport(
            poolBlocks * BLOCK,
            0,
            0,
            remoteBlocks * BLOCK,
            0,
            23 - cached,
            MissReason.NONE,
            20,
            10,
            46,
            "a",
            gaps,
            estimate);
    new ReuseMetrics(registry)
        .accept(
            new FinishedRequest(
                new RequestSummary("r", "a", 0, "t", "m", "ok", 23, 1, report, 1, 2),
                Map.of(),
                LAYOUT,
                Collections.nCopies(5, NAME)));
  }

  private long counted(String name, String label, String value) {
    return registry.getCounter(new MetricID(name, new Tag(label, value))).getCount();
  }

  private Timer timed(String name) {
    return registry.getTimer(new MetricID(name));
  }

  private Histogram histogram(String name) {
    return registry.getHistogram(new MetricID(name));
  }

  @Test
  void accept_poolAndGrid_queriesHitsAndBytesOfEach() {
    told(1, 2, null);
    assertEquals(5, counted("kvasir_tier_queried_blocks", "tier", "pool"));
    assertEquals(1, counted("kvasir_tier_hit_blocks", "tier", "pool"));
    assertEquals(4, counted("kvasir_tier_queried_blocks", "tier", "grid"));
    assertEquals(2, counted("kvasir_tier_hit_blocks", "tier", "grid"));
    assertEquals(2L * LAYOUT.blockBytes(), counted("kvasir_tier_hit_bytes", "tier", "grid"));
    assertEquals(2, counted("kvasir_tier_queried_blocks", "tier", "disk"));
    assertEquals(0, counted("kvasir_tier_hit_blocks", "tier", "disk"));
    assertEquals(0, counted("kvasir_load_decisions", "decision", "load"));
  }

  @Test
  void accept_loadFasterThanComputing_noRegret() {
    told(0, 5, new LoadEstimate(20, true, 15.0, 100.0)); // measured: 30 ms
    assertEquals(1, counted("kvasir_load_decisions", "decision", "load"));
    assertEquals(1, timed("kvasir_load").getCount());
    assertEquals(0, timed("kvasir_load_regret").getCount());
    assertEquals(200, histogram("kvasir_load_measured_percent").getSnapshot().getMax(), 7);
  }

  @Test
  void accept_halfCameAndTookLongerThanComputingIt_regretted() {
    told(0, 2, new LoadEstimate(16, true, null, 40.0)); // 8 of 16 tokens: 20 ms would do
    assertEquals(1, timed("kvasir_load_regret").getCount());
    assertEquals(10, timed("kvasir_load_regret").getElapsedTime().toMillis());
    assertEquals(0, histogram("kvasir_load_measured_percent").getCount());
  }

  @Test
  void accept_frontComputedMeanwhile_bothPartsCountAgainstTheTime() {
    List<Gap> gaps = List.of(Gap.of(MissReason.MEANWHILE, 12));
    told(0, 2, new LoadEstimate(20, true, 75.0, 29.0), gaps); // both in 30 ms, 8 tokens: 30 of 75
    assertEquals(0, counted("kvasir_load_decisions", "decision", "load"));
    assertEquals(1, counted("kvasir_load_decisions", "decision", "both"));
    assertEquals(8, counted("kvasir_meanwhile_tokens", "part", "loaded"));
    assertEquals(12, counted("kvasir_meanwhile_tokens", "part", "computed"));
    assertEquals(1, timed("kvasir_load_regret").getElapsedTime().toMillis());
    assertEquals(100, histogram("kvasir_load_measured_percent").getSnapshot().getMax(), 4);
  }

  @Test
  void accept_loadInVain_allOfItRegretted() {
    told(0, 0, new LoadEstimate(16, true, null, null));
    assertEquals(0, timed("kvasir_load").getCount());
    assertEquals(30, timed("kvasir_load_regret").getElapsedTime().toMillis());
  }

  @Test
  void accept_recomputed_measuredAgainstItsEstimate() {
    told(0, 0, new LoadEstimate(20, false, 60.0, 20.0)); // 1 ms a token; measured 46 for 23
    assertEquals(1, counted("kvasir_load_decisions", "decision", "recompute"));
    assertEquals(200, histogram("kvasir_recompute_measured_percent").getSnapshot().getMax(), 7);
  }

  @Test
  void ages_twoPolicies_seriesOfEach() {
    EvictionKind[] inForce = {EvictionKind.LRU};
    BlockAgeMetrics ages = new BlockAgeMetrics(registry, () -> inForce[0]);
    ages.evicted(10, 4);
    inForce[0] = EvictionKind.SIEVE;
    ages.evicted(20, 5);
    ages.used(3);

    for (Map.Entry<String, Long> expected : Map.of("lru", 10L, "sieve", 20L).entrySet()) {
      Timer lifetime =
          registry.getTimer(
              new MetricID("kvasir_block_lifetime", new Tag("policy", expected.getKey())));
      assertEquals(expected.getValue(), lifetime.getElapsedTime().toSeconds());
    }
    assertEquals(1, timed("kvasir_block_reuse_gap").getCount());
  }
}
