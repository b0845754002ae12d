package dev.kvasir.cache.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.ClearScope;
import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.LoadRule;
import dev.kvasir.inference.BlockHash;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two members with a budget of 1 MiB each, so about 50 blocks of 20,000 bytes with backups. */
final class EvictionTest extends TwoMembers {
  private static final long BUDGET = CacheSettings.MIN_BUDGET_BYTES;

  @BeforeEach
  void clear() {
    a.admin().clear(ClearScope.ALL);
    TestingGrid.change(a, settings(EvictionKind.LRU));
    Await.until("b heard of it", () -> b.admin().settings().budgetBytes() == BUDGET);
  }

  @Test
  void overBudget_lru_leavesLeaveFirstAndUsedOrPinnedPrefixesStay() {
    TestingBlocks used = TestingBlocks.chain(1, 5, 20_000);
    TestingBlocks pinned = TestingBlocks.chain(2, 5, 20_000);
    used.putInto(a);
    pinned.putInto(a);
    cluster.awaitKnown(pinned.hashes());
    a.admin().pin(pinned.hashes().get(4));
    long evictedBefore = evicted(a);

    List<TestingBlocks> others = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      others.add(TestingBlocks.chain(100 + i, 5, 20_000));
      others.get(i).putInto(i % 2 == 0 ? a : b);
      keepInUse(used.hashes());
    }
    awaitWithinBudget();

    assertEquals(5, a.countLeading(used.hashes()), "used blocks");
    assertEquals(5, a.countLeading(pinned.hashes()), "pinned blocks");
    others.forEach(chain -> assertLeavesLeftFirst(chain.hashes()));
    assertTrue(evicted(a) - evictedBefore >= 30, () -> "evicted " + evicted(a));
    Await.until("b counted the same", () -> evicted(b) - evicted(a) == 0);
  }

  @ParameterizedTest
  @EnumSource(
      value = EvictionKind.class,
      names = {"LFU", "SLRU", "ARC"})
  void switchTo_whileRunning_bothMembersEvictTheUnusedFirst(EvictionKind kind) {
    TestingBlocks often = TestingBlocks.chain(3, 10, 20_000);
    often.putInto(a);
    keepInUse(often.hashes());
    keepInUse(often.hashes());
    TestingGrid.change(a, settings(kind));
    Await.until("b heard of it", () -> b.admin().settings().eviction() == kind);

    List<TestingBlocks> later = new ArrayList<>();
    for (int i = 0; i < 14; i++) { // newer, so LRU would take the old ones
      later.add(TestingBlocks.chain(200 + i, 5, 20_000));
      later.get(i).putInto(b);
    }
    awaitWithinBudget();

    assertEquals(10, b.countLeading(often.hashes()));
    later.forEach(chain -> assertLeavesLeftFirst(chain.hashes()));
  }

  /** Touches, and waits until both replicas know. */
  private void keepInUse(List<BlockHash> hashes) {
    long hits = hits(b, hashes.get(0));
    a.touch(hashes);
    a.flushTouches();
    Await.until(
        "both know of the use",
        () -> hits(a, hashes.get(0)) > hits && hits(b, hashes.get(0)) > hits);
  }

  private void awaitWithinBudget() {
    for (Grid grid : List.of(a, b)) {
      Await.until("within budget: " + grid.stats(), () -> held(grid) <= BUDGET * 0.9);
    }
    Await.until("both know the same", () -> a.stats().held().blocks() == b.stats().held().blocks());
    assertTrue(held(a) + held(b) > BUDGET, () -> "too much was evicted: " + a.stats());
  }

  private void assertLeavesLeftFirst(List<BlockHash> chain) {
    int leading = a.countLeading(chain);
    for (BlockHash hash : chain.subList(leading, chain.size())) {
      assertEquals(List.of(), a.admin().blocks(hash.toString(), 1), "child of an evicted block");
    }
  }

  private static long held(Grid grid) {
    return grid.stats().held().bytesHere();
  }

  private static long evicted(Grid grid) {
    return grid.stats().evicted("policy");
  }

  private static long hits(Grid grid, BlockHash hash) {
    return grid.admin().blocks(hash.toString(), 1).get(0).hits();
  }

  private static CacheSettings settings(EvictionKind kind) {
    return new CacheSettings(kind, BUDGET, LoadRule.ALWAYS, 2_000);
  }
}
