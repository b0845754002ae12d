package dev.kvasir.cache.shadow;

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
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.TokenIds;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ShadowPoliciesTest {
  private static final int BLOCKS = 64;

  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private CacheSettings settings = settings("lru@1.0");
  private CacheSimulator.Room room = CacheSimulator.Room.of(8);
  private final ShadowPolicies shadows =
      new ShadowPolicies(() -> settings, any -> room, () -> RecomputeCost.STANDARD, tasks::add);

  @Test
  void report_sameChainTwice_hitTheSecondTime() {
    request(chain(1, 4), 0);
    request(chain(1, 4), 2);
    run();

    ShadowReport report = shadows.report("a");
    assertEquals("a", report.node());
    assertEquals("lru@1.0", report.live());
    ShadowReport.Run run = report.runs().get(0);
    assertEquals(new ShadowReport.Ratios(8, 0.5, 0.25), run.whole());
    assertEquals(4, run.blocks());
    assertEquals(8, run.capacityBlocks());
  }

  @Test
  void report_tooSmall_hitsOnlyWhereTheBudgetIsLarger() {
    settings = settings("lru@1.0", "lru@2.0");
    for (int i = 0; i < 10; i++) {
      request(chain(1, 6), 0);
      request(chain(2, 6), 0);
    }
    run();

    List<ShadowReport.Run> runs = shadows.report("a").runs();
    assertTrue(runs.get(0).whole().hitRatio() < 0.5, runs::toString);
    assertEquals(0.9, runs.get(1).whole().hitRatio(), 1e-9);
  }

  @Test
  void settings_changed_whatStaysGoesOnAndNothingIsHeardWithoutShadows() {
    request(chain(1, 4), 0);
    run();
    settings = settings("sieve@0.5", "lru@1.0");
    assertEquals(4, shadows.report("a").runs().get(1).whole().askedBlocks());
    assertEquals(0, shadows.report("a").runs().get(0).whole().askedBlocks());

    settings = settings();
    request(chain(1, 4), 0);
    assertEquals(0, tasks.size());
    assertEquals(List.of(), shadows.report("a").runs());
  }

  @Test
  void looked_nobodyDrains_boundedAndCounted() {
    for (int i = 0; i < ShadowPolicies.QUEUE_REQUESTS + 10; i++) {
      shadows.looked(chain(i, 1), 0);
    }
    assertEquals(1, tasks.size());
    assertEquals(10, shadows.report("a").droppedRequests());
  }

  @Test
  void report_hugeBudget_samplesChainsInsteadOfGrowing() {
    room = CacheSimulator.Room.of(Shadow.MAX_BLOCKS * 4);
    for (int i = 0; i < 4_000; i++) {
      request(chain(i, 1), 0);
      run();
    }
    ShadowReport.Run run = shadows.report("a").runs().get(0);
    assertEquals(4, run.sampledOf());
    assertEquals(Shadow.MAX_BLOCKS, run.capacityBlocks());
    assertEquals(1_000, run.blocks(), 150);
  }

  @Test
  void looked_onTheRequestsThread_takesLessThanAMicrosecondABlock() {
    List<Prefix> prefixes = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      prefixes.add(chain(i, BLOCKS));
    }
    long best = Long.MAX_VALUE;
    for (int round = 0; round < 20; round++) {
      long start = System.nanoTime();
      for (Prefix prefix : prefixes) {
        shadows.looked(prefix, 0);
        shadows.published(prefix);
      }
      best = Math.min(best, System.nanoTime() - start);
      run();
    }
    long perBlock = best / ((long) prefixes.size() * BLOCKS);
    System.getLogger(ShadowPoliciesTest.class.getName())
        .log(
            System.Logger.Level.INFO, "shadows: {0} ns a block on the request''s thread", perBlock);
    assertTrue(perBlock < 1_000, () -> perBlock + " ns a block");
  }

  private void request(Prefix prefix, int liveHits) {
    shadows.looked(prefix, liveHits);
    shadows.published(prefix);
  }

  private void run() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  private static Prefix chain(long seed, int length) {
    Random random = new Random(seed);
    List<BlockHash> hashes = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      hashes.add(
          new BlockHash(
              random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong()));
    }
    return new Prefix("default", TokenIds.of(), hashes, 1);
  }

  private static CacheSettings settings(String... shadows) {
    return new CacheSettings(
        TunedPolicy.of(EvictionKind.LRU),
        CacheSettings.Room.of(1 << 20),
        AdmissionKind.ALWAYS,
        new CacheSettings.Loading(LoadRule.ALWAYS, 2_000),
        Lifetime.UNBOUNDED,
        List.of(shadows).stream().map(ShadowPolicy::parse).toList());
  }
}
