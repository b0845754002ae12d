package dev.kvasir.engine.schedule;

import dev.kvasir.engine.paged.BlockTable;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The blocks of one sequence: held, promised, and kept aside while it is preempted. Written by
 * {@link Residency} alone; loop's thread, but for {@link #foundTokens}.
 */
final class Holding {
  private final BlockTable table;
  private final int blockSize;

  /** Leading positions whose K/V stand in the pool. */
  int computed;

  /** Positions that were put together from other prompts, and those before them; else 0. */
  int assembled;

  /** Leading blocks that were found in the pool at open; written before anybody else reads. */
  int foundBlocks;

  /** Blocks that are loaded while it is computed. */
  Meeting meeting = Meeting.NONE;

  /** Blocks promised by the pool and not yet taken. */
  int reservedBlocks;

  /** What preemption kept aside: the blocks behind the first {@link #savedFrom}. */
  List<ByteBuffer> saved = List.of();

  int savedFrom;

  /** Positions that were computed when it was preempted. */
  int savedComputed;

  Holding(int blockSize) {
    this.blockSize = blockSize;
    table = new BlockTable(blockSize);
  }

  BlockTable table() {
    return table;
  }

  int blockSize() {
    return blockSize;
  }

  int computed() {
    return computed;
  }

  /** Leading positions in whose blocks something stands that is to be kept. */
  int written() {
    return Math.max(computed, assembled);
  }

  /** Leading tokens that stood in the pool at open. Any thread, once the sequence is open. */
  int foundTokens() {
    return foundBlocks * blockSize;
  }

  /** Behind the last position to compute before those that are loaded meanwhile. */
  int untilLoaded(int end) {
    return (int) Math.min(end, (long) meeting.firstLoaded() * blockSize);
  }

  /** Whether blocks are kept aside, to be put back before it goes on. */
  boolean isAside() {
    return !saved.isEmpty();
  }

  /** Positions before the blocks that are kept aside. */
  int asideFrom() {
    return savedFrom * blockSize;
  }

  /** Whether the block of a position is there. */
  boolean covers(int position) {
    return position < table.size() * blockSize;
  }

  /** Blocks for so many positions. */
  int blocksFor(int positions) {
    return BlockTable.blocksFor(positions, blockSize);
  }
}
