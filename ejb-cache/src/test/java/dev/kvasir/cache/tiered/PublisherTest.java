package dev.kvasir.cache.tiered;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.CacheStats;
import dev.kvasir.cache.Prefix;
import dev.kvasir.cache.StoreOutcome;
import dev.kvasir.cache.testing.TestingBlockStore;
import dev.kvasir.cache.testing.TestingNode;
import dev.kvasir.completion.CachePolicy;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** The testing node's queue holds 16 blocks. */
class PublisherTest {
  private static final String FOUR_BLOCKS = "a shared beginning";

  private final TestingBlockStore store = new TestingBlockStore();
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private final TestingNode node = new TestingNode("a", store, tasks::add);

  private void runTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  private CacheStats stats() {
    return node.cache.stats();
  }

  @Test
  void offer_twoPrefixes_waitForOneTask() {
    node.complete("t", FOUR_BLOCKS, CachePolicy.USE);
    node.complete("u", FOUR_BLOCKS, CachePolicy.USE);
    assertEquals(1, tasks.size());
    assertEquals(8, stats().publishing().queued());

    runTasks();

    assertEquals(8, stats().publishing().published());
    assertEquals(0, stats().publishing().queued());
  }

  @Test
  void offer_moreThanFits_dropsTheNewAndCounts() {
    node.complete("t", "x".repeat(60), CachePolicy.USE); // 61 tokens: 15 blocks
    node.complete("u", FOUR_BLOCKS, CachePolicy.USE); // 1 of 4 fits
    assertEquals(16, stats().publishing().queued());
    assertEquals(3, stats().publishing().dropped());

    runTasks();

    assertEquals(16, stats().publishing().published());
    Prefix second = node.prefix("u", FOUR_BLOCKS);
    assertTrue(store.has(second.hashes().get(0)), "the parent is kept, its children are dropped");
  }

  @Test
  void offer_afterDraining_startsAnotherTask() {
    node.complete("t", FOUR_BLOCKS, CachePolicy.USE);
    runTasks();
    node.complete("u", FOUR_BLOCKS, CachePolicy.USE);
    runTasks();
    assertEquals(8, stats().publishing().published());
  }

  @Test
  void drain_blockLeftThePool_dropsItAndThoseBehind() {
    node.complete("t", FOUR_BLOCKS, CachePolicy.USE);
    node.model.evict(node.prefix("t", FOUR_BLOCKS).hashes().get(1));
    runTasks();
    assertEquals(1, stats().publishing().published());
    assertEquals(3, stats().publishing().dropped());
  }

  @Test
  void drain_storeRefusesABlock_triesNoneBehindItAndCountsWhy() {
    Prefix prefix = node.prefix("t", FOUR_BLOCKS);
    store.refusing(prefix.hashes().get(1), StoreOutcome.NOT_ADMITTED);
    node.complete("t", FOUR_BLOCKS, CachePolicy.USE);
    runTasks();
    assertEquals(1, stats().publishing().published());
    assertEquals(Map.of("not_admitted", 1L, "behind_refused", 2L), stats().publishing().refused());
    assertEquals(prefix.hashes(), store.asked());
  }

  @Test
  void drain_storeGotThemMeanwhile_skips() {
    node.complete("t", FOUR_BLOCKS, CachePolicy.USE);
    new TestingNode("b", store).complete("t", FOUR_BLOCKS, CachePolicy.USE);
    runTasks();
    assertEquals(0, stats().publishing().published());
    assertEquals(4, stats().publishing().skipped());
  }

  @Test
  void drain_anErrorEndsIt_theNextOfferStartsAnew() {
    node.complete("t", FOUR_BLOCKS, CachePolicy.USE);
    node.complete("u", FOUR_BLOCKS, CachePolicy.USE);
    store.failingOnce(new OutOfMemoryError("of the test"));
    assertThrows(OutOfMemoryError.class, this::runTasks);
    assertEquals(8, stats().publishing().failed());
    assertEquals(0, stats().publishing().queued());

    node.complete("v", FOUR_BLOCKS, CachePolicy.USE);
    runTasks();
    assertEquals(4, stats().publishing().published());
  }

  @Test
  void drain_engineBroke_isNotTheGridsTrouble() {
    node.complete("t", FOUR_BLOCKS, CachePolicy.USE);
    node.model.breakBecause("of the test");

    runTasks();

    assertEquals(4, stats().publishing().failed());
    assertEquals(1, node.counters.exportTroubles());
    assertEquals(0, node.counters.storeTroubles());
  }

  @Test
  void offer_executorStopped_dropsAndCounts() {
    TestingNode stopped =
        new TestingNode(
            "a",
            store,
            task -> {
              throw new RejectedExecutionException("stopped");
            });
    stopped.complete("t", FOUR_BLOCKS, CachePolicy.USE);
    assertEquals(4, stopped.cache.stats().publishing().dropped());
    assertEquals(0, stopped.cache.stats().publishing().queued());
  }
}
