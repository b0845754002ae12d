package dev.kvasir.cache.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.ClearScope;
import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.Lifetime;
import dev.kvasir.cache.LoadRule;
import dev.kvasir.cache.StoreOutcome;
import dev.kvasir.cache.TenantLimits;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tenants on two members with a budget of 1 MiB each: about 50 blocks of 20,000 bytes. */
final class QuotaTest extends TwoMembers {
  private static final int BLOCK_BYTES = 20_000;
  private static final CacheSettings SMALL =
      new CacheSettings(EvictionKind.LRU, CacheSettings.MIN_BUDGET_BYTES, LoadRule.ALWAYS, 2_000);

  @BeforeEach
  @AfterEach
  void clear() {
    a.admin().clear(ClearScope.ALL);
    change(SMALL);
  }

  @Test
  void write_overQuota_refusedOnWhicheverMemberUntilSomeLeave() {
    change(SMALL.withLimits("acme", new TenantLimits(3 * BLOCK_BYTES, null)));
    TestingBlocks five = TestingBlocks.chain("acme", 1, 5, BLOCK_BYTES);
    List<StoreOutcome> outcomes = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      outcomes.add(put(i % 2 == 0 ? a : b, five, i));
      int known = Math.min(3, i + 1);
      Await.until(
          "both know " + known,
          () -> a.countLeading(five.hashes()) == known && b.countLeading(five.hashes()) == known);
    }
    assertEquals(
        List.of(
            StoreOutcome.STORED,
            StoreOutcome.STORED,
            StoreOutcome.STORED,
            StoreOutcome.OVER_QUOTA,
            StoreOutcome.OVER_QUOTA),
        outcomes);
    assertEquals(6, blocksWithBackups());
    assertEquals(StoreOutcome.STORED, put(a, TestingBlocks.chain("other", 2, 1, BLOCK_BYTES), 0));

    a.discard(five.hashes().get(2));
    Await.until("both know 2", () -> b.countLeading(five.hashes()) == 2);
    Await.until("there is room again", () -> put(b, five, 2) == StoreOutcome.STORED);
  }

  @Test
  void lifetime_ofOneTenant_onlyItsBlocksLeave() {
    TestingBlocks brief = TestingBlocks.chain("brief", 3, 3, BLOCK_BYTES);
    TestingBlocks other = TestingBlocks.chain("other", 4, 3, BLOCK_BYTES);
    brief.putInto(a);
    other.putInto(b);
    cluster.awaitKnown(brief.hashes());
    cluster.awaitKnown(other.hashes());
    change(SMALL.withLimits("brief", new TenantLimits(0, new Lifetime(1, 0))));

    Await.until("brief's are gone", () -> b.stats().held().blocks() == 3);
    assertEquals(3, a.countLeading(other.hashes()));
  }

  @Test
  void flood_ofOneTenant_pushesOutNothingOfAnotherBelowItsShare() {
    TestingBlocks hot = TestingBlocks.chain("hot", 5, 15, BLOCK_BYTES);
    hot.putInto(a);
    cluster.awaitKnown(hot.hashes());
    for (int i = 0; i < 60; i++) { // all newer: by LRU alone the hot ones would be the first
      TestingBlocks.chain("flood", 100 + i, 2, BLOCK_BYTES).putInto(i % 2 == 0 ? a : b);
    }
    awaitWithinBudget();
    assertEquals(15, a.countLeading(hot.hashes()));
    assertTrue(a.stats().evicted("policy") > 0);
  }

  @Test
  void borrowed_whileThereWasRoom_isGivenBackUnderPressure() {
    for (int i = 0; i < 10; i++) { // most of the room, as nobody else wants it
      TestingBlocks.chain("first", 300 + i, 4, BLOCK_BYTES).putInto(a);
    }
    awaitWithinBudget();
    long borrowed = blocksOf("first");
    for (int i = 0; i < 10; i++) {
      TestingBlocks.chain("second", 400 + i, 4, BLOCK_BYTES).putInto(b);
      awaitWithinBudget();
    }
    assertTrue(borrowed > 35, () -> "borrowed " + borrowed);
    long difference = Math.abs(blocksOf("first") - blocksOf("second"));
    assertTrue(difference <= 6, () -> "they differ by " + difference);
  }

  private void change(CacheSettings settings) {
    TestingGrid.change(a, settings);
    Await.until("b heard of it", () -> b.admin().settings().equals(settings));
  }

  private static StoreOutcome put(Grid grid, TestingBlocks blocks, int index) {
    return grid.putIfAbsent(blocks.placements().get(index), blocks.blocks().get(index));
  }

  private void awaitWithinBudget() {
    for (Grid grid : List.of(a, b)) {
      Await.until(
          "within budget: " + grid.stats(),
          () -> grid.stats().held().bytesHere() <= CacheSettings.MIN_BUDGET_BYTES * 0.9);
    }
    Await.until("both know the same", () -> a.stats().held().blocks() == b.stats().held().blocks());
  }

  private long blocksOf(String tenant) {
    return a.admin().blocks("", 1_000).stream()
        .filter(block -> block.tenant().equals(tenant))
        .count();
  }

  private int blocksWithBackups() {
    return a.admin().cluster().members().stream()
        .mapToInt(member -> (int) ((member.ownedBytes() + member.backupBytes()) / BLOCK_BYTES))
        .sum();
  }
}
