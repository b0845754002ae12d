package dev.kvasir.cache.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.BlockInfo;
import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.ClearScope;
import dev.kvasir.cache.ClusterInfo;
import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.LoadRule;
import dev.kvasir.cache.MemberInfo;
import dev.kvasir.inference.BlockHash;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an administrator does on one member of two is seen on both. */
final class GridAdminTest extends TwoMembers {
  @AfterEach
  void clear() {
    TestingGrid.change(a, TestingGrid.SETTINGS);
    a.admin().clear(ClearScope.ALL);
    Await.until(
        "nothing is left", () -> a.stats().held().blocks() + b.stats().held().blocks() == 0);
  }

  @Test
  void change_onOneMember_isInForceOnAll() {
    CacheSettings changed = new CacheSettings(EvictionKind.LFU, 5L << 20, LoadRule.NEVER, 77);
    long start = System.nanoTime();
    TestingGrid.change(b, changed);

    assertEquals(changed, b.admin().settings());
    Await.until("a heard of it", () -> a.admin().settings().equals(changed));
    System.getLogger(GridAdminTest.class.getName())
        .log(
            System.Logger.Level.INFO,
            "grid: settings seen by the other member after {0} us",
            (System.nanoTime() - start) / 1_000);
  }

  @Test
  void pin_deepBlock_pinsItsPathOnAllMembers() {
    TestingBlocks chain = TestingBlocks.chain(1, 5, 100);
    chain.putInto(a);
    cluster.awaitKnown(chain.hashes());

    assertEquals(3, a.admin().pin(chain.hashes().get(2)));
    Await.until("b heard of it", () -> pinned(b) == 3);

    assertEquals(2, b.admin().unpin(chain.hashes().get(1)));
    Await.until("a heard of it", () -> pinned(a) == 1);
    assertEquals(0, a.admin().unpin(chain.hashes().get(4)));
  }

  @Test
  void blocks_byPrefix_tellsWhatIsKnown() {
    TestingBlocks chain = TestingBlocks.chain(2, 3, 1234);
    chain.putInto(a);
    a.touch(chain.hashes().subList(0, 2));
    cluster.awaitKnown(chain.hashes());
    BlockHash second = chain.hashes().get(1);
    Await.until(
        "its use is known", () -> b.admin().blocks(second.toString(), 9).get(0).hits() == 1);

    BlockInfo info = b.admin().blocks(second.toString().substring(0, 12), 9).get(0);
    assertEquals(second, info.hash());
    assertEquals(chain.hashes().get(0), info.parent());
    assertEquals(1, info.depth());
    assertEquals(1234, info.bytes());
    assertEquals(1, info.cachedChildren());
    assertEquals(b.owns(second) ? "b" : "a", info.owner());
    assertTrue(info.idleSeconds() >= 0 && info.idleSeconds() < 60);
    assertEquals(2, b.admin().blocks("", 2).size());
    assertEquals(List.of(), b.admin().blocks("zz", 2));
    List<BlockHash> hashes = b.admin().blocks("", 2).stream().map(block -> block.hash()).toList();
    BlockHash first = hashes.get(0);
    assertEquals(hashes.get(1), b.admin().blocks("", first, 1).get(0).hash());
    assertEquals(List.of(), b.admin().blocks(first.toString(), first, 9));
  }

  @Test
  void clear_near_emptiesOnlyThisMembersCopies() {
    TestingBlocks chain = TestingBlocks.chain(3, 4, 100);
    chain.putInto(a);
    Await.until(
        "near holds all", // each may still be invalidated once, as it was stored just now
        () -> {
          chain.hashes().forEach(hash -> GridTest.fetch(b, hash));
          return b.stats().near().entries() == 4;
        });

    assertEquals(4, b.admin().clear(ClearScope.NEAR));
    assertEquals(0, b.stats().near().entries());
    assertEquals(4, b.countLeading(chain.hashes()));
  }

  @Test
  void clear_all_leavesNothingAnywhereAndTellsEveryMember() {
    TestingBlocks chain = TestingBlocks.chain(4, 6, 100);
    chain.putInto(a);
    cluster.awaitKnown(chain.hashes());
    a.admin().pin(chain.hashes().get(5));
    chain.hashes().forEach(hash -> GridTest.fetch(a, hash));
    AtomicInteger told = new AtomicInteger();
    a.onClear(told::incrementAndGet);
    b.onClear(told::incrementAndGet);
    long removed = a.stats().evicted("removed");

    assertEquals(6, b.admin().clear(ClearScope.ALL));

    assertEquals(2, told.get());
    for (Grid grid : List.of(a, b)) {
      assertEquals(0, grid.countLeading(chain.hashes()));
      assertNull(GridTest.fetch(grid, chain.hashes().get(0)));
      assertEquals(0, grid.stats().held().bytesHere());
      assertEquals(0, pinned(grid));
    }
    assertEquals(removed + 6, a.stats().evicted("removed"));
  }

  @Test
  void cluster_twoMembers_tellsEachOnesNumbers() {
    TestingBlocks chain = TestingBlocks.chain(5, 40, 1000);
    chain.putInto(a);
    ClusterInfo info = b.admin().cluster();

    assertEquals("b", info.node());
    assertEquals(List.of("a", "b"), info.members().stream().map(MemberInfo::name).toList());
    assertEquals(List.of(false, true), info.members().stream().map(MemberInfo::local).toList());
    assertEquals(40, info.members().stream().mapToLong(MemberInfo::ownedBlocks).sum());
    for (int i = 0; i < 2; i++) {
      assertTrue(info.members().get(i).ownedBytes() > 1000);
      assertEquals(info.members().get(i).ownedBytes(), info.members().get(1 - i).backupBytes());
      assertEquals(1L << 30, info.members().get(i).budgetBytes());
    }
    assertTrue(info.safe());
  }

  private static long pinned(Grid grid) {
    return grid.admin().blocks("", 1_000).stream().filter(BlockInfo::pinned).count();
  }
}
