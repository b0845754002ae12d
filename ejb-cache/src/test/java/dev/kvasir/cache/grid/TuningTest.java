package dev.kvasir.cache.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.AdmissionKind;
import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.ChangeOutcome;
import dev.kvasir.cache.ClearScope;
import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.Lifetime;
import dev.kvasir.cache.LoadRule;
import dev.kvasir.cache.SettingsVersion;
import dev.kvasir.cache.ShadowPolicy;
import dev.kvasir.cache.StoreOutcome;
import dev.kvasir.cache.TunedPolicy;
import dev.kvasir.inference.BlockHash;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an administrator changes while two members run. */
final class TuningTest extends TwoMembers {
  private static final long BUDGET = CacheSettings.MIN_BUDGET_BYTES;

  @AfterEach
  void clear() {
    TestingGrid.change(a, TestingGrid.SETTINGS);
    a.admin().clear(ClearScope.ALL);
    Await.until(
        "nothing is left and all is as it was",
        () ->
            a.stats().held().blocks() + b.stats().held().blocks() == 0
                && b.admin().settings().equals(TestingGrid.SETTINGS));
  }

  @Test
  void change_everything_seenByTheOtherMemberWithinASecond() {
    CacheSettings changed =
        new CacheSettings(
            new TunedPolicy(EvictionKind.S3_FIFO, Map.of("small_percent", 25)),
            new CacheSettings.Room(7L << 20, 80, 60),
            AdmissionKind.FREQUENCY,
            new CacheSettings.Loading(LoadRule.NEVER, 77),
            new Lifetime(1_000, 100),
            List.of(ShadowPolicy.parse("s3_fifo+frequency:small_percent=20@2.5")));
    long start = System.nanoTime();
    TestingGrid.change(b, changed);
    Await.until("a heard of it", () -> a.admin().settings().equals(changed));
    long micros = (System.nanoTime() - start) / 1_000;
    System.getLogger(TuningTest.class.getName())
        .log(System.Logger.Level.INFO, "grid: settings seen by the other after {0} us", micros);
    assertTrue(micros < 1_000_000, () -> micros + " us");
    assertEquals(a.admin().version(), b.admin().version());
  }

  @Test
  void change_ofTwoAtATime_oneIsInForceAndTheOtherHearsOfIt() {
    String tag = a.admin().latestVersion().tag();
    CacheSettings one = settings(EvictionKind.LFU, AdmissionKind.ALWAYS, Lifetime.UNBOUNDED);
    CacheSettings two = settings(EvictionKind.ARC, AdmissionKind.ALWAYS, Lifetime.UNBOUNDED);
    CompletableFuture<ChangeOutcome> other =
        CompletableFuture.supplyAsync(() -> b.admin().change("two", tag, two));
    ChangeOutcome first = a.admin().change("one", tag, one);
    ChangeOutcome second = other.join();

    assertTrue(first.done() ^ second.done(), () -> first + " and " + second);
    assertEquals(first.now(), second.now());
    assertEquals(first.done() ? one : two, a.admin().latestVersion().settings());
  }

  @Test
  void history_changeAndRevert_tellsWhoAndWhat() {
    SettingsVersion before = a.admin().latestVersion();
    ChangeOutcome changed =
        a.admin()
            .change(
                "eve",
                before.tag(),
                settings(EvictionKind.LFU, AdmissionKind.ALWAYS, Lifetime.UNBOUNDED));
    ChangeOutcome reverted =
        b.admin().revert("bob", changed.now().tag(), before.number()).orElseThrow();

    assertTrue(reverted.done());
    assertEquals(before.settings(), reverted.now().settings());
    Await.until("a heard of it", () -> a.admin().version().equals(reverted.now()));
    List<SettingsVersion> history = a.admin().history();
    assertEquals("bob", history.get(0).change().who());
    assertEquals(before.number(), history.get(0).change().revertOf());
    assertEquals("eve", history.get(1).change().who());
    assertEquals(
        Map.of("eviction", "lfu", "parameters.aging_percent", "100", "budget_bytes", "" + BUDGET),
        history.get(1).differing(history.get(2)));
    assertEquals(
        Map.of("eviction", "lru", "budget_bytes", "" + (1L << 30)),
        history.get(0).differing(history.get(1)));
    assertTrue(a.admin().revert("bob", reverted.now().tag(), 999_999).isEmpty());
  }

  @Test
  void history_manyChanges_keepsTheLastTwoHundred() {
    for (int i = 0; i < SettingsLedger.MAX_ENTRIES + 5; i++) {
      TestingGrid.change(
          a, new CacheSettings(EvictionKind.LRU, BUDGET + i, LoadRule.ALWAYS, 2_000));
    }
    assertEquals(SettingsLedger.MAX_ENTRIES, a.admin().history().size());
  }

  @Test
  @SuppressWarnings("try") // the first one leaves before the others
  void join_withOtherConfiguration_takesWhatTheClusterRunsEvenIfTheFirstHasLeft() {
    CacheSettings changed = new CacheSettings(EvictionKind.SIEVE, 5L << 20, LoadRule.NEVER, 55);
    ScheduledExecutorService scheduler = TestingGrid.scheduler();
    int port = TestingGrid.freePort();
    int laterPort = TestingGrid.freePort();
    try (Grid first = Grid.start(TestingGrid.config("x", port, List.of()), scheduler)) {
      TestingGrid.change(first, changed);
      try (Grid later =
          Grid.start(TestingGrid.config("y", laterPort, List.of("127.0.0.1:" + port)), scheduler)) {
        assertEquals(changed, later.admin().settings());
        SettingsVersion version = later.admin().version();
        first.close();
        try (Grid last =
            Grid.start(
                TestingGrid.config("z", TestingGrid.freePort(), List.of("127.0.0.1:" + laterPort)),
                scheduler)) {
          assertEquals(version, last.admin().version());
          assertEquals("configuration of node x", last.admin().history().get(1).change().who());
        }
      }
    } finally {
      scheduler.shutdownNow();
    }
  }

  @Test
  void ttl_blocksOfThatAge_leaveEverywhereCountedAsExpired() {
    TestingBlocks chain = TestingBlocks.chain(1, 6, 1_000);
    TestingBlocks pinned = TestingBlocks.chain(2, 2, 1_000);
    chain.putInto(a);
    pinned.putInto(b);
    cluster.awaitKnown(chain.hashes());
    cluster.awaitKnown(pinned.hashes());
    a.admin().pin(pinned.hashes().get(1));
    long expiredOnB = b.stats().evicted("expired");
    long evictedOnB = b.stats().evicted("policy");

    TestingGrid.change(a, settings(EvictionKind.LRU, AdmissionKind.ALWAYS, new Lifetime(1, 0)));

    Await.until(
        "all but the pinned ones are gone on both",
        () -> a.stats().held().blocks() == 2 && b.stats().held().blocks() == 2);
    Await.until("b counted them", () -> b.stats().evicted("expired") == expiredOnB + 6);
    assertEquals(evictedOnB, b.stats().evicted("policy"));
    assertEquals(2, a.countLeading(pinned.hashes()));
    a.admin().unpin(pinned.hashes().get(0));
  }

  @Test
  void idle_usedBlocksStay_othersLeaveFromTheEnd() {
    TestingBlocks used = TestingBlocks.chain(3, 3, 1_000);
    TestingBlocks idle = TestingBlocks.chain(4, 3, 1_000);
    used.putInto(a);
    idle.putInto(a);
    cluster.awaitKnown(used.hashes());
    cluster.awaitKnown(idle.hashes());

    TestingGrid.change(b, settings(EvictionKind.LRU, AdmissionKind.ALWAYS, new Lifetime(0, 2)));

    Await.until(
        "the idle ones are gone",
        () -> {
          a.touch(used.hashes());
          a.flushTouches();
          return a.stats().held().blocks() == 3 && b.stats().held().blocks() == 3;
        });
    assertEquals(3, b.countLeading(used.hashes()));
  }

  @Test
  void admission_secondTouch_fullGridTakesOnlyWhatIsAskedForTwice() {
    TestingGrid.change(
        a, settings(EvictionKind.LRU, AdmissionKind.SECOND_TOUCH, Lifetime.UNBOUNDED));
    Await.until("b heard of it", () -> b.admin().settings().budgetBytes() == BUDGET);
    TestingBlocks once = asked(100);
    for (int next = 101; put(once, 0) == StoreOutcome.STORED; next++) {
      assertTrue(next < 1_000, "the grid never gets full");
      once = asked(next);
    }
    List<BlockHash> names = once.hashes();
    assertEquals(StoreOutcome.NOT_ADMITTED, put(once, 0));
    assertEquals(StoreOutcome.NO_PARENT, put(once, 1));

    a.asked(names);
    assertEquals(StoreOutcome.STORED, put(once, 0));
    assertEquals(StoreOutcome.STORED, put(once, 1));
  }

  /** Two blocks that were asked for once. */
  private TestingBlocks asked(int seed) {
    TestingBlocks blocks = TestingBlocks.chain(seed, 2, 20_000);
    a.asked(blocks.hashes());
    return blocks;
  }

  private StoreOutcome put(TestingBlocks blocks, int index) {
    return a.putIfAbsent(blocks.placements().get(index), blocks.blocks().get(index));
  }

  private static CacheSettings settings(
      EvictionKind kind, AdmissionKind admission, Lifetime lifetime) {
    return new CacheSettings(
        TunedPolicy.of(kind),
        CacheSettings.Room.of(BUDGET),
        admission,
        new CacheSettings.Loading(LoadRule.ALWAYS, 2_000),
        lifetime,
        List.of());
  }
}
