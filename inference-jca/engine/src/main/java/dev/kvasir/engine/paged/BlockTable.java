package dev.kvasir.engine.paged;

import java.util.ArrayList;
import java.util.List;

/**
 * A sequence's logical to physical map of blocks; append-only while it holds them, but for a shared
 * block that is copied before it is written. Step loop's thread only.
 */
public final class BlockTable {
  /** Tokens per block, in the engine. */
  public static final int BLOCK_SIZE = 64;

  private final int blockSize;
  private final List<Integer> blocks = new ArrayList<>();

  public BlockTable(int blockSize) {
    this.blockSize = blockSize;
  }

  /** Blocks that so many positions take, the last one in part. */
  public static int blocksFor(int positions, int blockSize) {
    return (positions + blockSize - 1) / blockSize;
  }

  /** Adds the next block. */
  public void append(int blockId) {
    blocks.add(blockId);
  }

  /** Puts a copy in the place of a block. */
  public void replace(int index, int blockId) {
    blocks.set(index, blockId);
  }

  /** Number of blocks. */
  public int size() {
    return blocks.size();
  }

  /** Physical block of logical block {@code index}. */
  public int block(int index) {
    return blocks.get(index);
  }

  /** Physical block that holds a position. */
  public int blockOf(int position) {
    return blocks.get(position / blockSize);
  }

  /** Slot within {@link #blockOf}. */
  public int offsetOf(int position) {
    return position % blockSize;
  }

  /** The physical blocks of the first {@code positions} positions. */
  public int[] covering(int positions) {
    return blocks.subList(0, blocksFor(positions, blockSize)).stream()
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Forgets all blocks: they were given back. */
  public void clear() {
    blocks.clear();
  }

  /** All physical blocks, last first: the order in which they are given back. */
  public List<Integer> tailFirst() {
    List<Integer> reversed = new ArrayList<>(blocks);
    java.util.Collections.reverse(reversed);
    return reversed;
  }
}
