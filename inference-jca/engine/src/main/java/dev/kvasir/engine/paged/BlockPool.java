package dev.kvasir.engine.paged;

import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.BlockPoolStats;
import dev.kvasir.inference.PoolExhaustedException;
import dev.kvasir.inference.TokenIds;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The physical blocks of one engine and their ref counts. Written by the step loop's thread only;
 * {@link #countLeading} and {@link #stats} may be called by all.
 */
public final class BlockPool {
  /*
   * A block is in one of three states:
   *
   *     free --allocate--> held (ref count > 0) --release--> free           if it has no hash
   *      ^                   ^        |
   *      |                acquire     +--------release-----> idle           if it has one: still found by it
   *      +----evict---- idle (ref count 0, hash)
   *
   * allocate() takes a free block, or else the idle block that was released longest ago, whose hash is forgotten. A
   * sequence releases its blocks tail first, so that the tail of a prefix goes before its head. (As vLLM's block
   * manager does: docs/design/prefix_caching.md.)
   *
   * What is reserved and not yet allocated is never promised twice: a sequence that was let in has the blocks of its
   * prompt for sure.
   */

  private final int capacity;
  private final int blockBytes;
  private final int[] refCounts; // (capacity)
  private final BlockNames names;
  private final Deque<Integer> free = new ArrayDeque<>();
  private final LinkedHashSet<Integer> idle = new LinkedHashSet<>(); // released longest ago first
  private final AtomicInteger heldBlocks = new AtomicInteger();
  private final AtomicLong evictions = new AtomicLong();
  private int reserved;

  /**
   * A pool of free blocks with the ids {@code [firstBlock, firstBlock + capacity)}.
   *
   * @param blockBytes size of a block's K/V
   */
  public BlockPool(int firstBlock, int capacity, int blockBytes) {
    this.capacity = capacity;
    this.blockBytes = blockBytes;
    this.refCounts = new int[firstBlock + capacity];
    this.names = new BlockNames(firstBlock + capacity);
    for (int block = firstBlock; block < firstBlock + capacity; block++) {
      free.add(block);
    }
  }

  /** Bytes of a block's K/V. */
  public int blockBytes() {
    return blockBytes;
  }

  /** Number of blocks. */
  public int capacity() {
    return capacity;
  }

  /** How many leading hashes are known. Any thread; a snapshot. */
  public int countLeading(List<BlockHash> hashes) {
    return names.countLeading(hashes);
  }

  /**
   * Takes hold of the leading blocks that are known by hash and hold these tokens.
   *
   * @return their ids, in order
   */
  public List<Integer> acquireLeading(List<BlockHash> hashes, List<TokenIds> tokens) {
    List<Integer> blocks = names.leading(hashes, tokens);
    blocks.forEach(this::hold);
    return blocks;
  }

  /**
   * Checks that a sequence can ever fit.
   *
   * @throws PoolExhaustedException if the pool has fewer blocks than that
   */
  public void requireCapacity(int blocks) {
    if (blocks > capacity) {
      throw new PoolExhaustedException(
          "the sequence needs %d blocks, but the pool has %d; ask for fewer tokens or give the pool more memory"
              .formatted(blocks, capacity));
    }
  }

  /** Promises blocks; false if they are not there now, and nothing is promised then. */
  public boolean reserve(int blocks) {
    if (blocks > free.size() + idle.size() - reserved) {
      return false;
    }
    reserved += blocks;
    return true;
  }

  /** Takes back what was promised and not allocated. */
  public void unreserve(int blocks) {
    reserved -= blocks;
    assert reserved >= 0;
  }

  /** Allocates one of the promised blocks, for one holder. */
  public int allocate() {
    assert reserved > 0;
    reserved--;
    Integer block = free.poll();
    if (block == null) {
      block = idle.iterator().next();
      names.forget(block);
      idle.remove(block);
      evictions.incrementAndGet();
    }
    hold(block);
    return block;
  }

  /**
   * Names a held block by its content, for others to find. Does nothing if another block has the
   * name already.
   */
  public void register(int block, CachedBlock content) {
    assert refCounts[block] > 0;
    names.name(block, content);
  }

  /** Takes hold of blocks that are held already. */
  public void share(List<Integer> blocks) {
    for (int block : blocks) {
      assert refCounts[block] > 0;
      refCounts[block]++;
    }
  }

  /** Whether a block has several holders: none of them may write to it. */
  public boolean isShared(int block) {
    return refCounts[block] > 1;
  }

  /** Gives blocks back; pass them tail first. */
  public void release(List<Integer> blocks) {
    for (int block : blocks) {
      assert refCounts[block] > 0;
      if (--refCounts[block] == 0) {
        heldBlocks.decrementAndGet();
        if (names.isNamed(block)) {
          idle.add(block);
        } else {
          free.add(block);
        }
      }
    }
  }

  /**
   * Forgets what held blocks are named, as what they hold is not to be found any more.
   *
   * @return those with one holder only: they are free when that one releases them
   */
  public int[] forgetNames(List<Integer> blocks) {
    blocks.forEach(names::forget);
    return blocks.stream().mapToInt(Integer::intValue).filter(id -> refCounts[id] == 1).toArray();
  }

  /** Forgets all blocks that nobody holds; returns how many. */
  public int clear() {
    int count = idle.size();
    for (int block : idle) {
      names.forget(block);
      free.add(block);
    }
    idle.clear();
    return count;
  }

  /** Where a hash's block stands. */
  public OptionalInt find(BlockHash hash) {
    return names.find(hash);
  }

  /** What a block is known to hold. */
  public Optional<CachedBlock> content(int block) {
    return names.content(block);
  }

  /** Snapshot. Any thread. */
  public BlockPoolStats stats() {
    return new BlockPoolStats(
        capacity, heldBlocks.get(), names.size(), evictions.get(), blockBytes);
  }

  private void hold(int block) {
    if (refCounts[block]++ == 0) {
      idle.remove(block);
      heldBlocks.incrementAndGet();
    }
  }

  /** Checks that the books agree. For tests. */
  void assertConsistent() {
    int held = 0;
    for (int count : refCounts) {
      held += count > 0 ? 1 : 0;
    }
    check(free.size() + idle.size() + held == capacity, "free + idle + held = capacity");
    check(held == heldBlocks.get(), "held blocks are counted");
    check(reserved <= free.size() + idle.size(), "what is promised is there");
    check(names.isConsistent(), "a named block is found by its hash, and no other is");
  }

  private void check(boolean holds, String rule) {
    if (!holds) {
      throw new AssertionError("broken: " + rule + "; " + stats());
    }
  }
}
