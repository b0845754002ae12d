package dev.kvasir.engine.paged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.PoolExhaustedException;
import dev.kvasir.inference.TokenIds;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Small worlds: 5 blocks of 2 tokens, ids 1 to 5. */
class BlockPoolTest {
  private static final List<BlockHash> HASHES =
      IntStream.range(0, 5).mapToObj(i -> new BlockHash(i, 0, 0, 0)).toList();
  private static final List<TokenIds> TOKENS =
      IntStream.range(0, 5).mapToObj(i -> TokenIds.of(2 * i, 2 * i + 1)).toList();

  private final BlockPool pool = new BlockPool(1, 5, 100);

  @AfterEach
  void booksAgree() {
    pool.assertConsistent();
  }

  @Test
  void allocate_freePool_idsInOrder() {
    assertEquals(List.of(1, 2, 3), allocate(3));
    assertEquals(3, pool.stats().usedBlocks());
  }

  @Test
  void release_withoutHash_blockIsFreeAgain() {
    pool.release(reversed(allocate(5)));

    assertEquals(0, pool.stats().usedBlocks());
    assertEquals(0, pool.stats().cachedBlocks());
    assertEquals(5, allocate(5).size());
  }

  @Test
  void acquireLeading_registeredPrefix_sameBlocksShared() {
    List<Integer> first = prefix(3);

    List<Integer> second = pool.acquireLeading(HASHES, TOKENS);

    assertEquals(first, second);
    assertEquals(3, pool.stats().usedBlocks());
    pool.release(reversed(first));
    assertEquals(3, pool.stats().usedBlocks());
    pool.release(reversed(second));
    assertEquals(0, pool.stats().usedBlocks());
    assertEquals(3, pool.stats().cachedBlocks());
  }

  @Test
  void acquireLeading_sameHashOtherTokens_nothingTaken() {
    pool.release(reversed(prefix(2)));

    List<TokenIds> others = List.of(TokenIds.of(0, 1), TokenIds.of(99, 99));

    List<Integer> taken = pool.acquireLeading(HASHES.subList(0, 2), others);
    assertEquals(1, taken.size());
    pool.release(taken);
  }

  @Test
  void allocate_onlyIdleLeft_tailOfPrefixGoesFirst() {
    // prefix 0 1 2 in blocks 1 2 3, released tail first: 3 2 1; blocks 4 and 5 are free
    pool.release(reversed(prefix(3)));

    assertEquals(List.of(4, 5, 3, 2), allocate(4));
    assertEquals(1, pool.countLeading(HASHES));
    assertEquals(2, pool.stats().evictedBlocks());
  }

  @Test
  void allocate_heldBlocksOfPrefix_areNotEvicted() {
    List<Integer> held = prefix(3);

    assertFalse(pool.reserve(3));
    assertEquals(List.of(4, 5), allocate(2));
    assertEquals(3, pool.countLeading(HASHES));
    pool.release(reversed(held));
  }

  @Test
  void requireCapacity_moreThanPool_refusedWithBothNumbers() {
    PoolExhaustedException refused =
        assertThrows(PoolExhaustedException.class, () -> pool.requireCapacity(6));

    assertTrue(String.valueOf(refused.getMessage()).contains("6 blocks"));
    assertTrue(String.valueOf(refused.getMessage()).contains("has 5"));
  }

  @Test
  void reserve_promisedTwice_refusedUntilGivenBack() {
    assertTrue(pool.reserve(4));
    assertFalse(pool.reserve(2));
    pool.unreserve(4);
    assertTrue(pool.reserve(2));
    pool.unreserve(2);
  }

  @Test
  void register_nameTaken_blockStaysUnnamed() {
    List<Integer> first = prefix(1);
    int other = allocate(1).get(0);

    pool.register(other, new CachedBlock(HASHES.get(0), 0, TOKENS.get(0)));

    assertEquals(OptionalInt.of(first.get(0)), pool.find(HASHES.get(0)));
    pool.release(List.of(other));
    pool.release(first);
  }

  @Test
  void clear_heldAndIdle_onlyIdleForgotten() {
    List<Integer> held = prefix(1);
    pool.release(reversed(prefixBehind(held, 3)));

    assertEquals(2, pool.clear());
    assertEquals(1, pool.countLeading(HASHES));
    pool.release(held);
  }

  @Test
  void anyOrderOfCalls_booksAgreeAndNothingIsLost() {
    long seed = Long.getLong("kvasir.seed", System.nanoTime());
    System.Logger log = System.getLogger(BlockPoolTest.class.getName());
    log.log(System.Logger.Level.INFO, "seed " + seed);
    Random random = new Random(seed);
    List<List<Integer>> held = new ArrayList<>();
    for (int round = 0; round < 2_000; round++) {
      int count = 1 + random.nextInt(3);
      if (random.nextBoolean() && pool.reserve(count)) {
        List<Integer> blocks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          blocks.add(pool.allocate());
          int index = random.nextInt(5);
          pool.register(
              blocks.get(i), new CachedBlock(HASHES.get(index), index, TOKENS.get(index)));
        }
        held.add(blocks);
      } else if (random.nextBoolean()) {
        held.add(pool.acquireLeading(HASHES, TOKENS));
      } else if (!held.isEmpty()) {
        pool.release(reversed(held.remove(random.nextInt(held.size()))));
      }
      pool.assertConsistent();
    }
    held.forEach(blocks -> pool.release(reversed(blocks)));
    assertEquals(0, pool.stats().usedBlocks(), "seed " + seed);
  }

  private List<Integer> allocate(int count) {
    assertTrue(pool.reserve(count));
    return IntStream.range(0, count).mapToObj(i -> pool.allocate()).toList();
  }

  /** Blocks 0 to count of the prefix, held and registered. */
  private List<Integer> prefix(int count) {
    return prefixBehind(List.of(), count);
  }

  private List<Integer> prefixBehind(List<Integer> leading, int count) {
    List<Integer> blocks = allocate(count - leading.size());
    for (int i = 0; i < blocks.size(); i++) {
      int index = leading.size() + i;
      pool.register(blocks.get(i), new CachedBlock(HASHES.get(index), index, TOKENS.get(index)));
    }
    return blocks;
  }

  private static List<Integer> reversed(List<Integer> blocks) {
    List<Integer> reversed = new ArrayList<>(blocks);
    java.util.Collections.reverse(reversed);
    return reversed;
  }
}
