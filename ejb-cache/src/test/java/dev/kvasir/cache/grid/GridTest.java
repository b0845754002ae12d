package dev.kvasir.cache.grid;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.Lookup.Fetched;
import dev.kvasir.cache.Source;
import dev.kvasir.inference.BlockHash;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two members share blocks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GridTest {
  private final ScheduledExecutorService scheduler = TestingGrid.scheduler();
  private final Grid a = startFirst();
  private final Grid b = startSecond();
  private int firstPort;

  private Grid startFirst() {
    firstPort = TestingGrid.freePort();
    return Grid.start(TestingGrid.config("a", firstPort, List.of()), scheduler);
  }

  private Grid startSecond() {
    return Grid.start(
        TestingGrid.config("b", TestingGrid.freePort(), List.of("127.0.0.1:" + firstPort)),
        scheduler);
  }

  @BeforeAll
  void formCluster() {
    BlockHash first = TestingBlocks.chain(1, 1, 0).hashes().get(0);
    List<BlockHash> some = TestingBlocks.chain(1, 20, 0).hashes();
    Await.until("partitions are shared out", () -> some.stream().anyMatch(b::owns));
    Await.until("each has one owner", () -> a.owns(first) != b.owns(first));
  }

  @AfterAll
  void stop() {
    b.close();
    a.close();
    scheduler.shutdownNow();
  }

  @Test
  void putIfAbsent_onOneMember_allOthersTakeTheSameBytes() {
    TestingBlocks chain = TestingBlocks.chain(1, 20, 10_000);
    chain.putInto(a);
    Await.until("b knows the chain", () -> b.countLeading(chain.hashes()) == 20);

    Set<Source> sources = EnumSet.noneOf(Source.class);
    for (int i = 0; i < 20; i++) {
      Fetched fetched = fetch(b, chain.hashes().get(i));
      assertNotNull(fetched);
      assertArrayEquals(chain.blocks().get(i).bytes(), fetched.block().bytes());
      sources.add(fetched.source());
    }
    assertEquals(EnumSet.of(Source.LOCAL, Source.REMOTE), sources);
  }

  @Test
  void fetch_again_comesFromTheNearCache() {
    TestingBlocks chain = TestingBlocks.chain(2, 5, 1000);
    chain.putInto(a);
    for (BlockHash hash : chain.hashes()) {
      fetch(b, hash);
      Await.until(
          "near holds it",
          () -> {
            Fetched again = fetch(b, hash);
            return again != null && again.source() == Source.NEAR;
          });
    }
  }

  @Test
  void putIfAbsent_again_changesNothing() {
    TestingBlocks chain = TestingBlocks.chain(3, 1, 1000);
    assertTrue(a.putIfAbsent(chain.placements().get(0), chain.blocks().get(0)));
    assertFalse(a.putIfAbsent(chain.placements().get(0), chain.blocks().get(0)));
    assertFalse(b.putIfAbsent(chain.placements().get(0), chain.blocks().get(0)));
  }

  @Test
  void fetch_unknown_isNull() {
    assertNull(fetch(a, new BlockHash(1, 1, 1, 1)));
  }

  @Test
  void countLeading_gap_countsOnlyBeforeIt() {
    TestingBlocks chain = TestingBlocks.chain(4, 5, 100);
    for (int i : new int[] {0, 1, 3, 4}) {
      a.putIfAbsent(chain.placements().get(i), chain.blocks().get(i));
    }
    assertEquals(2, a.countLeading(chain.hashes()));
  }

  @Test
  void discard_badBlock_makesRoomForASoundOne() {
    TestingBlocks chain = TestingBlocks.chain(5, 2, 1000);
    chain.putInto(a);
    Await.until("b knows it", () -> b.countLeading(chain.hashes()) == 2);
    b.discard(chain.hashes().get(0));

    Await.until("a forgot it", () -> a.countLeading(chain.hashes()) == 0);
    Await.until(
        "a can store it", () -> a.putIfAbsent(chain.placements().get(0), chain.blocks().get(0)));
    Await.until("b knows it again", () -> b.countLeading(chain.hashes()) == 2);
    assertNotNull(fetch(b, chain.hashes().get(0)));
  }

  private static @Nullable Fetched fetch(Grid grid, BlockHash hash) {
    return Bounded.get(grid.fetch(hash, 5_000), 6_000, "fetch");
  }
}
