package dev.kvasir.cache.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.AdmissionKind;
import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.Lifetime;
import dev.kvasir.cache.LoadRule;
import dev.kvasir.cache.Prefix;
import dev.kvasir.cache.ShadowPolicy;
import dev.kvasir.cache.ShadowReport;
import dev.kvasir.cache.TunedPolicy;
import dev.kvasir.cache.policy.CacheSimulator;
import dev.kvasir.cache.policy.RecomputeCost;
import dev.kvasir.cache.shadow.ShadowPolicies;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.TokenIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Shadows beside a grid of one member that really stores, on the same requests. */
final class ShadowTest {
  private static final long BUDGET = 4L << 20;
  private static final int BLOCK_BYTES = 8_000;
  private static final int CHAINS = 600;
  private static final int REQUESTS = 4_000;

  private final List<TestingBlocks> chains = new ArrayList<>();

  ShadowTest() {
    for (int seed = 0; seed < CHAINS; seed++) {
      chains.add(TestingBlocks.chain(seed, 1 + seed % 5, BLOCK_BYTES));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = EvictionKind.class,
      names = {"LRU", "S3_FIFO", "REUSE"})
  void shadow_ofTheLivePolicy_reportsTheLiveRatioWithinAPoint(EvictionKind kind) {
    CacheSettings settings = settings(kind);
    ScheduledExecutorService scheduler = TestingGrid.scheduler();
    try (Grid grid =
        Grid.start(TestingGrid.config("a", TestingGrid.freePort(), List.of()), scheduler)) {
      TestingGrid.change(grid, settings);
      ShadowPolicies shadows =
          new ShadowPolicies(
              grid.admin()::settings,
              any -> room(grid),
              () -> RecomputeCost.STANDARD,
              Runnable::run);
      Random random = new Random(5);
      for (int i = 0; i < REQUESTS; i++) {
        request(grid, shadows, chains.get((int) (CHAINS * Math.pow(random.nextDouble(), 2))));
      }

      List<ShadowReport.Run> runs = shadows.report("a").runs();
      ShadowReport.Ratios same = runs.get(0).whole();
      System.getLogger(ShadowTest.class.getName())
          .log(System.Logger.Level.INFO, "shadows: {0}", runs);
      assertTrue(same.liveHitRatio() > 0.2 && same.liveHitRatio() < 0.9, same::toString);
      assertEquals(same.liveHitRatio(), same.hitRatio(), 0.01);
      assertTrue(runs.get(1).whole().hitRatio() > same.hitRatio() + 0.02, runs::toString);
      assertEquals(0, shadows.report("a").droppedRequests());
    } finally {
      scheduler.shutdownNow();
    }
  }

  /** As a node does it: look up, use what is there, store the rest. */
  private static void request(Grid grid, ShadowPolicies shadows, TestingBlocks chain) {
    List<BlockHash> hashes = chain.hashes();
    Prefix prefix = new Prefix("default", TokenIds.of(), hashes, 1);
    int known = grid.countLeading(hashes);
    shadows.looked(prefix, known);
    if (known > 0) {
      grid.touch(hashes.subList(0, known));
      grid.flushTouches();
    }
    for (int i = known; i < hashes.size(); i++) {
      grid.putIfAbsent(chain.placements().get(i), chain.blocks().get(i));
    }
    grid.evictNow();
    shadows.published(prefix);
  }

  /** By what a block of this size really takes. */
  private static CacheSimulator.Room room(Grid grid) {
    double perBlock =
        grid.stats().held().blocks() == 0
            ? BLOCK_BYTES
            : (double) grid.stats().held().ownedBytes() / grid.stats().held().blocks();
    return new CacheSimulator.Room(
        (int) (BUDGET * 0.9 / perBlock), (int) (BUDGET * 0.85 / perBlock));
  }

  private static CacheSettings settings(EvictionKind kind) {
    return new CacheSettings(
        TunedPolicy.of(kind),
        CacheSettings.Room.of(BUDGET),
        AdmissionKind.ALWAYS,
        new CacheSettings.Loading(LoadRule.ALWAYS, 2_000),
        Lifetime.UNBOUNDED,
        List.of(
            new ShadowPolicy(TunedPolicy.of(kind), AdmissionKind.ALWAYS, 1),
            ShadowPolicy.parse("lru@2.0")));
  }
}
