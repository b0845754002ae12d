package dev.kvasir.cache.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.cache.BlockAges;
import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.policy.PrefixTree;
import dev.kvasir.cache.testing.TestingTicker;
import dev.kvasir.inference.BlockHash;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BlockAgesTest {
  private final TestingTicker ticker = new TestingTicker();
  private final IndexReplica replica =
      new IndexReplica(new PrefixTree(EvictionKind.LRU), ticker, () -> 0L);
  private final List<String> heard = new ArrayList<>();

  @Test
  void observe_useAndEviction_toldWithAges() {
    replica.observe(
        new BlockAges() {
          @Override
          public void used(double gapSeconds) {
            heard.add("gap " + gapSeconds);
          }

          @Override
          public void evicted(double lifetimeSeconds, double idleSeconds) {
            heard.add("lifetime %s, idle %s".formatted(lifetimeSeconds, idleSeconds));
          }
        });
    BlockHash hash = new BlockHash(1, 2, 3, 4);
    // added at 0 s, used at 2 s, evicted at 7 s
    replica.add(hash, new IndexEntry(null, 0, 100, "t", 0, false));
    ticker.advanceMillis(2_000);
    replica.adopt(Usages.ofNow(List.of(hash), new long[] {1}));
    ticker.advanceMillis(5_000);
    assertEquals(1, replica.takeVictims(1, 1, name -> true).size());

    assertEquals(List.of("gap 2.0", "lifetime 7.0, idle 5.0"), heard);
  }
}
