package dev.kvasir.cache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.TunedPolicy;
import dev.kvasir.inference.BlockHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PrefixTreeTest {
  /*
   * Eleven blocks of 10 bytes, used in the order of their numbers:
   *
   *   1 - 2 - 3 - 4        a system prompt and a chat
   *       |   \- 5 - 6     another chat that leaves it after 3
   *       \- 7             a third
   *   8 - 9 - 10           another prompt
   *   11                   and one that nobody continued
   */
  private static final int[] PARENTS = {0, 1, 2, 3, 3, 5, 2, 0, 8, 9, 0};

  private static final long ALL = Long.MAX_VALUE;

  private PrefixTree tree = new PrefixTree(EvictionKind.LRU);
  private long now;

  @BeforeEach
  void plant() {
    plant(EvictionKind.LRU);
  }

  @AfterEach
  void checkStructure() {
    TreeCheck.assertConsistent(tree);
  }

  @Test
  void takeVictims_lru_leavesOldestFirstAndParentsInTheirTurn() {
    // leaves by age: 4 6 7 10 11; 3 and 5 come free below them and are older than what remains
    assertEquals("4 6 5 3 7 2 1 10 9 8 11", order(victims(110)));
  }

  @Test
  void takeVictims_lruAfterUse_usedPathLeavesLast() {
    touch(1, 1, 2, 3, 4);

    assertEquals("6 5 7 10 9 8 11 4 3 2 1", order(victims(110)));
  }

  @Test
  void takeVictims_lfu_leastUsedFirstTiesByAge() {
    plant(EvictionKind.LFU);
    touch(5, 8, 9, 10);
    touch(2, 1, 2, 3, 4);
    touch(1, 7);

    assertEquals("6 5 11 7 4 3 2 1 10 9 8", order(victims(110)));
  }

  @Test
  void takeVictims_someBytes_stopsWhenEnough() {
    assertEquals("4 6 5", order(victims(21)));
    assertEquals(80, tree.bytes());
  }

  @Test
  void takeVictims_pinnedPath_stays() {
    List.of(1, 2, 3).forEach(block -> tree.pin(hash(block)));

    assertEquals("4 6 5 7 10 9 8 11", order(victims(110)));
    assertEquals(3, tree.size());

    tree.unpin(hash(3));
    assertEquals("3", order(victims(110)));
  }

  @Test
  void takeVictims_ownedOnly_passesOverOthersAndTheirAncestors() {
    Predicate<BlockHash> odd = hash -> hash.word3() % 2 == 1;

    // 7 and 11 are odd leaves; 6, 4 and 10 are not, so 5, 3, 1, 9 stay under them
    assertEquals("7 11", order(tree.takeVictims(110, ALL, odd)));
  }

  @Test
  void takeVictims_fewLeaves_takesTheirAncestorsButNoFurtherLeaf() {
    // 4, then 6 with its parents 5 and 3; 7 would be the third
    assertEquals("4 6 5 3", order(tree.takeVictims(110, 2, hash -> true)));
  }

  @Test
  void takeVictims_fewLeavesOfOthers_passesOverNoMore() {
    Predicate<BlockHash> odd = hash -> hash.word3() % 2 == 1;

    assertEquals("", order(tree.takeVictims(110, 2, odd)));
    assertEquals("7", order(tree.takeVictims(110, 3, odd)));
  }

  @Test
  void switchTo_lfu_reordersWhatIsThere() {
    touch(3, 4);
    touch(1, 6);
    tree.switchTo(TunedPolicy.of(EvictionKind.LFU));
    assertEquals("7 10 9", order(victims(30)));

    tree.switchTo(TunedPolicy.of(EvictionKind.LRU));
    assertEquals("8 11 4 6", order(victims(40)));
  }

  @Test
  void add_childBeforeParent_countsWhenParentComes() {
    tree = new PrefixTree(EvictionKind.LRU);
    add(2, 1);
    assertEquals(1, tree.size());

    add(1, 0);
    assertEquals(1, tree.find(hash(1)).orElseThrow().cachedChildren());
    assertEquals("2 1", order(victims(20)));
  }

  @Test
  void remove_parentOfCachedChild_childStaysAndIsCountedOnReturn() {
    tree.remove(hash(2));
    assertFalse(tree.contains(hash(2)));
    TreeCheck.assertConsistent(tree);

    add(2, 1);
    assertEquals(2, tree.find(hash(2)).orElseThrow().cachedChildren());
  }

  @Test
  void pin_beforeAdd_holdsWhenTheBlockComes() {
    tree = new PrefixTree(EvictionKind.LRU);
    tree.pin(hash(1));
    add(1, 0);
    assertTrue(tree.find(hash(1)).orElseThrow().pinned());
    assertEquals("", order(victims(10)));
  }

  @Test
  void clear_pinsStayBlocksGo() {
    tree.pin(hash(8));
    assertEquals(11, tree.clear());
    assertEquals(0, tree.bytes());
    add(8, 0);
    assertEquals("", order(victims(10)));
  }

  @Test
  void pathTo_deepBlock_namesItAndAllBefore() {
    assertEquals(List.of(hash(6), hash(5), hash(3), hash(2), hash(1)), tree.pathTo(hash(6)));
  }

  @Test
  void select_limit_takesSmallestHashes() {
    List<BlockUsage> some = tree.select(hash -> hash.word3() > 4, 3);
    assertEquals("5 6 7", order(some.stream().map(BlockUsage::block).toList()));
  }

  @ParameterizedTest
  @EnumSource(names = {"LRU", "LFU"})
  void takeVictims_randomWorld_equalsRepeatedScanForTheSmallest(EvictionKind kind) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      tree = new PrefixTree(kind);
      grow(random, 60);
      TreeCheck.assertConsistent(tree);
      Predicate<BlockHash> owned = hash -> hash.word3() % 3 != 0;
      List<TreeBlock> expected = NaiveEviction.of(tree, kind).victims(300, owned);
      assertEquals(order(expected), order(tree.takeVictims(300, ALL, owned)), "seed " + seed);
      TreeCheck.assertConsistent(tree);
    }
  }

  @Test
  void takeVictims_millionBlocks_isQuick() {
    tree = new PrefixTree(EvictionKind.LRU);
    for (int block = 1; block <= 1_000_000; block++) {
      add(block, block % 8 == 1 ? 0 : block - 1);
    }
    long start = System.nanoTime();
    assertEquals(100_000, victims(1_000_000).size());
    System.getLogger(PrefixTreeTest.class.getName())
        .log(
            System.Logger.Level.INFO,
            "policy: 100,000 of 1,000,000 blocks evicted in {0} ms",
            (System.nanoTime() - start) / 1_000_000);
  }

  private void grow(Random random, int operations) {
    for (int i = 0; i < operations; i++) {
      int block = 1 + random.nextInt(40);
      switch (random.nextInt(6)) {
        case 0, 1, 2 -> add(block, block / 2); // a heap's shape: parents may come later
        case 3 -> touch(1 + random.nextInt(3), block);
        case 4 -> tree.remove(hash(block));
        default -> {
          if (random.nextInt(4) == 0) {
            tree.pin(hash(block));
          }
        }
      }
    }
  }

  private void plant(EvictionKind kind) {
    tree = new PrefixTree(kind);
    for (int block = 1; block <= PARENTS.length; block++) {
      add(block, PARENTS[block - 1]);
    }
  }

  private void add(int block, int parent) {
    int depth = parent == 0 ? 0 : tree.find(hash(parent)).map(p -> p.block().depth() + 1).orElse(1);
    tree.add(
        new TreeBlock(hash(block), parent == 0 ? null : hash(parent), depth, 10, "default"), now++);
  }

  private void touch(int uses, int... blocks) {
    long at = now++;
    for (int block : blocks) {
      tree.touch(hash(block), uses, at);
    }
  }

  private List<TreeBlock> victims(long bytes) {
    return tree.takeVictims(bytes, ALL, hash -> true);
  }

  private static BlockHash hash(int block) {
    return new BlockHash(0, 0, 0, block);
  }

  private static String order(List<TreeBlock> blocks) {
    return new ArrayList<>(blocks)
        .stream()
            .map(block -> Long.toString(block.hash().word3()))
            .collect(Collectors.joining(" "));
  }
}
