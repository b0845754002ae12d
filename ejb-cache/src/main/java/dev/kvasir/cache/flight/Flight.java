package dev.kvasir.cache.flight;

import dev.kvasir.inference.BlockHash;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Blocks of a prefix that one request computes, until it ends. Safe for all threads. */
public final class Flight {
  private final List<BlockHash> blocks;
  private final boolean here;
  private final CountDownLatch over = new CountDownLatch(1);

  /**
   * A flight that has not ended.
   *
   * @param blocks that it computes, in the order of their prefix; at least one
   * @param here whether this node computes them, so that they come into its pool; else into the
   *     shared store
   */
  public Flight(List<BlockHash> blocks, boolean here) {
    if (blocks.isEmpty()) {
      throw new IllegalArgumentException("a flight has no blocks, but needs at least one");
    }
    this.blocks = List.copyOf(blocks);
    this.here = here;
  }

  /** What it computes. */
  public List<BlockHash> blocks() {
    return blocks;
  }

  /** The block that it computes first; it names the flight. */
  public BlockHash first() {
    return blocks.get(0);
  }

  boolean isHere() {
    return here;
  }

  /** How many of the leading blocks it computes. */
  int countLeading(List<BlockHash> wanted) {
    int from = blocks.indexOf(wanted.get(0));
    int count = 0;
    while (from >= 0
        && count < wanted.size()
        && from + count < blocks.size()
        && blocks.get(from + count).equals(wanted.get(count))) {
      count++;
    }
    return count;
  }

  /** Whether nothing more comes of it. */
  boolean isOver() {
    return over.getCount() == 0;
  }

  /** Waits for its end, at most so long; whether it has ended. */
  boolean awaitEnd(long nanos) throws InterruptedException {
    return over.await(nanos, TimeUnit.NANOSECONDS);
  }

  /** Lets all go who wait for it. Idempotent. */
  public void end() {
    over.countDown();
  }
}
