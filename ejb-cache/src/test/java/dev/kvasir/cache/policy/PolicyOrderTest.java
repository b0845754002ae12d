package dev.kvasir.cache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.TunedPolicy;
import dev.kvasir.inference.BlockHash;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole order of eviction in a world of eleven blocks, for each policy. */
final class PolicyOrderTest {
  /*
   * Eleven blocks of 10 bytes, added in the order of their numbers; then 8, 9, 10 are used twice,
   * 1, 2, 7 once, and 4 with all before it once:
   *
   *   1 - 2 - 3 - 4        a system prompt and a chat
   *       |   \- 5 - 6     another chat that leaves it after 3
   *       \- 7             a third
   *   8 - 9 - 10           another prompt
   *   11                   and one that nobody continued
   */
  private static final int[] PARENTS = {0, 1, 2, 3, 3, 5, 2, 0, 8, 9, 0};

  private PrefixTree tree = new PrefixTree(EvictionKind.LRU);
  private long now;

  @AfterEach
  void checkStructure() {
    TreeCheck.assertConsistent(tree);
  }

  @ParameterizedTest
  @CsvSource({
    "LRU,       6 5 11 10 9 8 7 4 3 2 1", // unused, then 8-10, then 7, then 4 and its prefix
    "LFU,       6 5 11 7 4 3 10 9 8 2 1", // 0 uses, 1 use, 2 uses: by age in each
    "FIFO,      4 6 5 3 7 2 1 10 9 8 11", // as they came, each when its last child is gone
    "SLRU,      6 5 11 10 9 8 7 4 3 2 1", // those unused are all on probation, the rest by age
    "S3_FIFO,   4 6 5 3 7 11 2 10 1 9 8", // used at most once: leave as they came; 2 and 10 go on
    "SIEVE,     6 11 4 5 7 10 3 9 2 8 1", // spares 4, 7, 10; 5 comes free behind the hand
    "ARC,       6 5 11 10 9 8 7 4 3 2 1",
    "W_TINYLFU, 6 5 10 9 8 7 4 3 2 1 11", // 11 is in the window
    "COST,      6 5 11 10 9 8 7 4 3 2 1", // nothing learned yet: as LRU
    "REUSE,     6 5 11 10 9 8 7 4 3 2 1"
  })
  void takeVictims_all_leaveInThePolicysOrder(EvictionKind kind, String order) {
    plant(kind);
    use();
    assertEquals(order, order(tree.takeVictims(110, Long.MAX_VALUE, hash -> true)));
  }

  @Test
  void takeVictims_gdsfOfDearDepth_cheapBlocksLeaveFirst() {
    tree = new PrefixTree(TunedPolicy.of(EvictionKind.GDSF), new RecomputeCost(10));
    grow();
    // priorities by depth, nothing used: 11 costs 1, 7 costs 21, 10 too, 4 costs 31, 6 costs 41
    assertEquals("11 7 10 9 8 4 6 5 3 2 1", order(tree.takeVictims(110, 99, hash -> true)));
  }

  @ParameterizedTest
  @EnumSource(EvictionKind.class)
  void takeVictims_pinnedAndLeased_stayWithAllBeforeThem(EvictionKind kind) {
    plant(kind);
    use();
    List.of(1, 2, 7).forEach(block -> tree.pin(hash(block)));
    List<TreeBlock> left =
        tree.takeVictims(110, Long.MAX_VALUE, hash -> hash.word3() != 9); // 9 is leased

    assertEquals(6, left.size(), order(left));
    assertEquals(
        "1 2 7 8 9", order(tree.select(hash -> true, 11).stream().map(BlockUsage::block).toList()));
  }

  @ParameterizedTest
  @EnumSource(EvictionKind.class)
  void switchTo_whateverWasThere_keepsUsedBlocksBeforeUnusedOnes(EvictionKind kind) {
    plant(EvictionKind.FIFO);
    use();
    tree.switchTo(TunedPolicy.of(kind));
    String expected =
        switch (kind) {
          case FIFO -> "4 6 5"; // as before
          case SIEVE -> "6 11 5"; // 5 comes free behind the hand
          case W_TINYLFU -> "6 5 10"; // 11 is in the window
          case GDSF, COST -> "11 6 5"; // the cheapest to compute
          default -> "6 5 11";
        };
    assertEquals(expected, order(tree.takeVictims(30, 99, hash -> true)));
  }

  private void plant(EvictionKind kind) {
    tree = new PrefixTree(kind);
    tree.setCapacity(11);
    grow();
  }

  private void grow() {
    for (int block = 1; block <= PARENTS.length; block++) {
      int parent = PARENTS[block - 1];
      int depth = parent == 0 ? 0 : tree.find(hash(parent)).orElseThrow().block().depth() + 1;
      BlockHash before = parent == 0 ? null : hash(parent);
      boolean unused = tree.add(new TreeBlock(hash(block), before, depth, 10, "default"), now++);
    }
  }

  private void use() {
    touch(8, 9, 10);
    touch(8, 9, 10);
    touch(1, 2, 7);
    touch(1, 2, 3, 4);
  }

  private void touch(int... blocks) {
    now++;
    for (int block : blocks) {
      tree.touch(hash(block), 1, now);
    }
  }

  private static BlockHash hash(int block) {
    return new BlockHash(0, 0, 0, block);
  }

  private static String order(List<TreeBlock> blocks) {
    return blocks.stream()
        .map(block -> Long.toString(block.hash().word3()))
        .collect(Collectors.joining(" "));
  }
}
