package dev.kvasir.cache.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.kvasir.cache.ClearScope;
import dev.kvasir.completion.MissReason;
import dev.kvasir.inference.BlockHash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Blocks that leave because somebody says so, on both of two members. */
final class BranchRemovalTest extends TwoMembers {
  private final TestingBlocks chain = TestingBlocks.chain(11, 6, 100);

  @AfterEach
  void clear() {
    long unused = a.admin().clear(ClearScope.ALL);
  }

  private List<BlockHash> put(int from) {
    chain.putInto(a);
    cluster.awaitKnown(chain.hashes());
    List<BlockHash> branch = new ArrayList<>(chain.hashes().subList(from, 6));
    Collections.reverse(branch);
    return branch;
  }

  @Test
  void evict_branch_leavesAsForRoom() {
    List<BlockHash> branch = put(2);
    long evicted = b.stats().evicted("policy");

    assertEquals(4, a.branches().evict(branch));

    for (Grid grid : List.of(a, b)) {
      Await.until("it left", () -> grid.countLeading(chain.hashes()) == 2);
      assertNull(GridTest.fetch(grid, chain.hashes().get(3)));
    }
    Await.until("counted", () -> b.stats().evicted("policy") == evicted + 4);
  }

  @Test
  void expire_branch_nowhereAndSaid() {
    List<BlockHash> branch = put(3);
    chain.hashes().forEach(hash -> GridTest.fetch(b, hash)); // copies in the near cache
    AtomicInteger pools = new AtomicInteger();
    b.onDrop(tenant -> tenant.equals("default") ? pools.incrementAndGet() : 0);

    assertEquals(3, a.branches().expire("default", branch));

    Await.until("b heard of it", () -> b.countLeading(chain.hashes()) == 3);
    assertNull(GridTest.fetch(b, chain.hashes().get(3)));
    assertEquals(1, pools.get());
    Await.until(
        "b knows why", () -> b.absence(chain.hashes().get(4)).reason() == MissReason.EXPIRED);
  }

  @Test
  void evict_pinned_stays() {
    List<BlockHash> branch = put(4);
    assertEquals(6, a.admin().pin(chain.hashes().get(5)));
    Await.until("b heard of it", () -> b.pins().size() == 6);

    assertEquals(0, b.branches().evict(branch));
    assertEquals(6, b.countLeading(chain.hashes()));
  }
}
