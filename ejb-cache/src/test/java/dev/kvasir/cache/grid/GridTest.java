package dev.kvasir.cache.grid;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.hazelcast.map.EntryProcessor;
import dev.kvasir.cache.Lookup.Fetched;
import dev.kvasir.cache.Source;
import dev.kvasir.cache.StoreOutcome;
import dev.kvasir.inference.BlockHash;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two members share blocks. */
final class GridTest extends TwoMembers {
  @Test
  void putIfAbsent_onOneMember_allOthersTakeTheSameBytes() {
    TestingBlocks chain = TestingBlocks.chain(1, 20, 10_000);
    chain.putInto(a);
    cluster.awaitKnown(chain.hashes());

    Set<Source> sources = EnumSet.noneOf(Source.class);
    for (int i = 0; i < 20; i++) {
      Fetched fetched = fetch(b, chain.hashes().get(i));
      assertNotNull(fetched);
      assertArrayEquals(chain.blocks().get(i).bytes(), fetched.block().bytes());
      assertEquals(b.owns(chain.hashes().get(i)) ? Source.LOCAL : Source.REMOTE, fetched.source());
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
  void fetch_moreThanTheNearCacheHolds_staysWithinItsBound() {
    // room for 1 MiB / 64 KiB = 16 blocks
    TestingBlocks chain = TestingBlocks.chain(6, 60, 100);
    chain.putInto(a);
    long before = b.stats().near().evictions();
    chain.hashes().forEach(hash -> fetch(b, hash));

    Await.until("some left for lack of room", () -> b.stats().near().evictions() > before);
    Await.until(
        "no more than fit", () -> b.stats().near().entries() <= b.stats().near().capacity());
    assertEquals(16, b.stats().near().capacity());
  }

  @Test
  void putIfAbsent_again_changesNothing() {
    TestingBlocks chain = TestingBlocks.chain(3, 1, 1000);
    assertEquals(
        StoreOutcome.STORED, a.putIfAbsent(chain.placements().get(0), chain.blocks().get(0)));
    assertEquals(
        StoreOutcome.PRESENT, a.putIfAbsent(chain.placements().get(0), chain.blocks().get(0)));
    assertEquals(
        StoreOutcome.PRESENT, b.putIfAbsent(chain.placements().get(0), chain.blocks().get(0)));
  }

  @Test
  void fetch_unknown_isNull() {
    assertNull(fetch(a, new BlockHash(1, 1, 1, 1)));
  }

  @Test
  void fetch_goneBehindTheIndex_isNullAndForgotten() {
    TestingBlocks chain = TestingBlocks.chain(8, 3, 100);
    chain.putInto(a);
    cluster.awaitKnown(chain.hashes());
    a.payloads().delete(chain.hashes().get(1));

    assertNull(fetch(b, chain.hashes().get(1)));
    assertEquals(1, b.countLeading(chain.hashes()));
    Await.until("all forget it", () -> a.countLeading(chain.hashes()) == 1);
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
    cluster.awaitKnown(chain.hashes());
    b.discard(chain.hashes().get(0));

    Await.until("a forgot it", () -> a.countLeading(chain.hashes()) == 0);
    Await.until(
        "a can store it",
        () ->
            a.putIfAbsent(chain.placements().get(0), chain.blocks().get(0)) == StoreOutcome.STORED);
    cluster.awaitKnown(chain.hashes());
    assertNotNull(fetch(b, chain.hashes().get(0)));
  }

  @Test
  void fetch_ownerBusyBeyondTheDeadline_endsAtTheDeadline() {
    TestingBlocks chain = TestingBlocks.chain(9, 20, 100);
    chain.putInto(a);
    BlockHash remote = chain.hashes().stream().filter(b::owns).findFirst().orElseThrow();
    HoldPartition.release = new CountDownLatch(1);
    var held = b.payloads().submitToKey(remote, new HoldPartition());
    try {
      ExecutionException late =
          assertThrows(
              ExecutionException.class, () -> a.fetch(remote, 50).toCompletableFuture().get());
      assertInstanceOf(TimeoutException.class, late.getCause());
    } finally {
      HoldPartition.release.countDown();
    }
    Bounded.get(held, 5_000, "release");
    assertNotNull(fetch(a, remote));
  }

  /** Keeps a partition's thread busy until released. */
  static final class HoldPartition implements EntryProcessor<BlockHash, byte[], Boolean> {
    private static final long serialVersionUID = 1L;
    static volatile CountDownLatch release = new CountDownLatch(1);

    @Override
    public Boolean process(Map.Entry<BlockHash, byte[]> entry) {
      try {
        return release.await(20, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    @Override
    public @Nullable EntryProcessor<BlockHash, byte[], Boolean> getBackupProcessor() {
      return null;
    }
  }

  static @Nullable Fetched fetch(Grid grid, BlockHash hash) {
    return Bounded.get(grid.fetch(hash, 5_000), 6_000, "fetch");
  }
}
