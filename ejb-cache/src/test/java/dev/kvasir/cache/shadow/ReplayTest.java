package dev.kvasir.cache.shadow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.LoadRule;
import dev.kvasir.cache.Prefix;
import dev.kvasir.cache.ShadowPolicy;
import dev.kvasir.cache.WhatIf;
import dev.kvasir.cache.policy.CacheSimulator;
import dev.kvasir.cache.policy.RecomputeCost;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.TokenIds;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ReplayTest {
  private static final CacheSettings SETTINGS =
      new CacheSettings(EvictionKind.LRU, 4L << 20, LoadRule.AUTO, 250);

  private long now;
  private final KeyTrace trace = new KeyTrace(() -> now);
  private final Replay replay =
      new Replay(
          trace,
          () -> now,
          () -> SETTINGS,
          () -> CacheSimulator.Room.of(8),
          () -> RecomputeCost.STANDARD);

  private void ask(int prompt, int liveHits) {
    List<BlockHash> chain =
        IntStream.range(0, 4).mapToObj(depth -> new BlockHash(prompt, 0, 0, depth)).toList();
    trace.looked(new Prefix("default", TokenIds.of(1, 2, 3, 4, 5), chain, 1), liveHits);
    now += TimeUnit.SECONDS.toNanos(1);
  }

  @Test
  void of_fourPromptsInTurn_hitOnceTheyFit() {
    for (int i = 0; i < 40; i++) {
      ask(i % 4, 2);
    }

    WhatIf what = replay.of("a", List.of(ShadowPolicy.parse("lru"), ShadowPolicy.parse("sieve@2")));

    assertEquals("a", what.node());
    assertEquals(40, what.requests());
    assertEquals(160, what.askedBlocks());
    assertEquals(40, what.seconds(), 1e-9);
    assertEquals(0.5, what.liveHitRatio(), 1e-9);
    assertEquals(
        List.of("lru", "sieve"), what.curves().stream().map(WhatIf.Curve::policy).toList());
    List<WhatIf.Point> lru = what.curves().get(0).points();
    assertEquals(
        List.of(1L << 20, 2L << 20, 4L << 20, 8L << 20, 16L << 20),
        lru.stream().map(WhatIf.Point::budgetBytes).toList());
    assertEquals(0, lru.get(0).hitRatio(), 1e-9); // 2 blocks of room, 16 in turn
    assertEquals(0.9, lru.get(3).hitRatio(), 1e-9); // 16 blocks: all but the first round
    assertTrue(lru.get(2).hitRatio() <= lru.get(3).hitRatio(), lru::toString);
  }

  @Test
  void of_nothingAsked_zeros() {
    WhatIf what = replay.of("a", List.of(ShadowPolicy.parse("lru")));
    assertEquals(0, what.requests());
    assertEquals(0, what.liveHitRatio());
    assertEquals(0, what.curves().get(0).points().get(0).hitRatio());
  }

  @Test
  void trace_anHourOrTooMuch_forgotten() {
    ask(1, 0);
    now += TimeUnit.HOURS.toNanos(1);
    ask(2, 0);
    assertEquals(1, trace.looks().size());
    for (int i = 0; i < KeyTrace.MAX_BLOCKS / 4 + 10; i++) {
      trace.looked(
          new Prefix(
              "default",
              TokenIds.of(1, 2, 3, 4, 5),
              IntStream.range(0, 4).mapToObj(depth -> new BlockHash(9, 0, 0, depth)).toList(),
              1),
          0);
    }
    assertEquals(KeyTrace.MAX_BLOCKS / 4, trace.looks().size());
  }
}
