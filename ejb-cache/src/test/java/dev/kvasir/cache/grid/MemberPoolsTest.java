package dev.kvasir.cache.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.route.NodeLoad;
import dev.kvasir.cache.route.PoolView;
import dev.kvasir.inference.BlockHash;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Members tell each other what their engines' pools have of a prefix. */
class MemberPoolsTest extends TwoMembers {
  private static final List<BlockHash> PREFIX =
      List.of(new BlockHash(1, 2, 3, 4), new BlockHash(5, 6, 7, 8));

  @Test
  void ask_otherShowsItsPool_itAloneAnswers() {
    PoolView shown = new PoolView("b", "http://127.0.0.1:9", 2, new NodeLoad(3, 4, 5, true));
    a.showPool(hashes -> new PoolView("a", "", 0, new NodeLoad(0, 0, 1, false)));
    b.showPool(hashes -> hashes.equals(PREFIX) ? shown : null);
    Await.until("b answers in time", () -> !a.pools().ask(PREFIX).isEmpty()); // classes load
    assertEquals(List.of(shown), a.pools().ask(PREFIX));
  }

  @Test
  void ask_otherCannotTell_nobodyAnswers() {
    b.showPool(
        hashes -> {
          throw new IllegalStateException("of the test: the adapter is not running");
        });
    assertEquals(List.of(), a.pools().ask(PREFIX));
  }

  @Test
  void hasNode_membersAndStrangers_byName() {
    assertTrue(a.pools().hasNode("b"));
    assertTrue(a.pools().hasNode("a"));
    assertFalse(a.pools().hasNode("c"));
  }

  @Test
  void isOf_blockOfATenant_itsAlone() {
    TestingBlocks blocks = TestingBlocks.chain("acme", 3, 2, 100);
    blocks.putInto(b);
    cluster.awaitKnown(blocks.hashes());
    for (BlockHash hash : blocks.hashes()) {
      assertTrue(a.admin().isOf("acme", hash));
      assertFalse(a.admin().isOf("other", hash));
    }
    assertFalse(a.admin().isOf("acme", PREFIX.get(0)), "nobody's");
  }
}
