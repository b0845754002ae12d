package dev.kvasir.cache.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.LoadRule;
import dev.kvasir.inference.BlockHash;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cluster falls apart, both halves change what they share, and find back to each other. */
final class SplitTest {
  private final TestingCluster cluster = TestingCluster.of(2);
  private final Grid a = cluster.member(0);
  private final Grid b = cluster.member(1);

  @AfterEach
  void stop() {
    cluster.close();
  }

  private void apart(Runnable changes) {
    TestingFaults.split(a, b);
    changes.run();
    TestingFaults.join(a, b);
  }

  private static CacheSettings budget(int mebibytes) {
    return new CacheSettings(EvictionKind.LFU, (long) mebibytes << 20, LoadRule.NEVER, 77);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void merge_settingsChangedInBothHalves_allHaveTheHigherVersion(int busier) {
    Grid twice = cluster.member(busier);
    Grid once = cluster.member(1 - busier);
    apart(
        () -> {
          TestingGrid.change(once, budget(300));
          TestingGrid.change(twice, budget(301));
          TestingGrid.change(twice, budget(302));
        });
    Await.until("all have the later settings", () -> allHave(budget(302)));

    TestingGrid.change(once, budget(303));
    Await.until("and follow further changes", () -> allHave(budget(303)));
  }

  @Test
  void merge_halvesCountedAlike_allHaveTheSame() {
    apart(
        () -> {
          TestingGrid.change(a, budget(300));
          TestingGrid.change(b, budget(301));
        });
    Await.until("all agree", () -> allHave(budget(300)) || allHave(budget(301)));
    String tag = a.admin().version().tag();
    assertEquals(tag, b.admin().version().tag());
  }

  private boolean allHave(CacheSettings settings) {
    return a.admin().settings().equals(settings) && b.admin().settings().equals(settings);
  }

  @Test
  void merge_blocksAndPinsOfBothHalves_areAllThere() {
    TestingBlocks both = TestingBlocks.chain(1, 20, 1_000);
    TestingBlocks ofA = TestingBlocks.chain(2, 20, 1_000);
    TestingBlocks ofB = TestingBlocks.chain(3, 20, 1_000);
    both.putInto(a);
    cluster.awaitKnown(both.hashes());
    apart(
        () -> {
          ofA.putInto(a);
          ofB.putInto(b);
          pinFirst(a, ofA);
          pinFirst(b, ofB);
        });

    cluster.awaitKnown(both.hashes());
    cluster.awaitKnown(ofA.hashes());
    cluster.awaitKnown(ofB.hashes());
    Set<BlockHash> pinned = Set.of(ofA.hashes().get(0), ofB.hashes().get(0));
    Await.until("pins", () -> a.pins().equals(pinned) && b.pins().equals(pinned));
    for (TestingBlocks chain : List.of(both, ofA, ofB)) {
      Await.until(
          "b reads all",
          () -> chain.hashes().stream().allMatch(hash -> GridTest.fetch(b, hash) != null));
    }
  }

  @Test
  void split_halfOverItsBudget_evictsAlone() {
    CacheSettings small =
        new CacheSettings(EvictionKind.LRU, CacheSettings.MIN_BUDGET_BYTES, LoadRule.ALWAYS, 2_000);
    apart(
        () -> {
          TestingGrid.change(a, small);
          for (int i = 0; i < 16; i++) {
            TestingBlocks.chain(100 + i, 5, 20_000).putInto(a);
          }
          Await.until(
              "a is within its budget",
              () ->
                  a.stats().evicted("policy") > 0
                      && a.stats().held().bytesHere() <= CacheSettings.MIN_BUDGET_BYTES * 0.9);
        });
    Await.until("both have the settings of the half", () -> allHave(small));
  }

  private static void pinFirst(Grid grid, TestingBlocks chain) {
    assertEquals(1, grid.admin().pin(chain.hashes().get(0)));
  }
}
