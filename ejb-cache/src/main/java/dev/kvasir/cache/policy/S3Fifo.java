package dev.kvasir.cache.policy;

import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Three FIFO queues: blocks come into the small one (10% unless it is told otherwise); from there
 * they go on to the main one if they were taken more than once, else they leave and their name is
 * kept. A name that is known comes straight into the main queue, where each use buys another round,
 * three at most in the paper.
 *
 * <p>Yang, Zhang, Qiu, Yue, Rashmi, "FIFO queues are all you need for cache eviction", SOSP 2023,
 * https://doi.org/10.1145/3600006.3613147. Leaves only; one victim at a time, where the paper may
 * take one from each queue.
 */
final class S3Fifo extends SegmentedPolicy {
  private static final int SMALL = 0;
  private static final int MAIN = 1;

  private final IntSupplier capacity;
  private final double smallShare;
  private final int maxFrequency;
  private final int[] sizes = new int[2];
  private final GhostList ghosts = new GhostList();
  private long placed;

  /**
   * @param capacity blocks in the cache, which may change
   * @param smallShare of them in the small queue
   * @param maxFrequency most rounds that uses can buy
   */
  S3Fifo(IntSupplier capacity, double smallShare, int maxFrequency) {
    this.capacity = capacity;
    this.smallShare = smallShare;
    this.maxFrequency = maxFrequency;
  }

  @Override
  public void added(Node node) {
    node.frequency = (int) Math.min(maxFrequency, node.uses);
    place(node, ghosts.remove(node.block.hash()) ? MAIN : SMALL);
  }

  @Override
  public void used(Node node) {
    node.frequency = Math.min(maxFrequency, node.frequency + 1);
  }

  @Override
  public void removed(Node node) {
    sizes[node.segment]--;
    if (node.segment == SMALL) {
      ghosts.add(node.block.hash());
      ghosts.trim(mainCapacity());
    }
  }

  @Override
  public @Nullable Node victim() {
    boolean smallFirst = sizes[SMALL] >= capacity.getAsInt() * smallShare;
    Node victim = smallFirst ? smallVictim() : mainVictim();
    if (victim == null) {
      victim = smallVictim();
    }
    return victim == null ? mainVictim() : victim; // the small queue's may all have moved on
  }

  /** The oldest leaf that was not taken twice; those before it move on. Null if none is left. */
  private @Nullable Node smallVictim() {
    Node oldest = leaves[SMALL].first();
    while (oldest != null && oldest.frequency > 1) {
      again(oldest);
      if (sizes[MAIN] > mainCapacity()) {
        return mainVictim();
      }
      oldest = leaves[SMALL].first();
    }
    return oldest;
  }

  private @Nullable Node mainVictim() {
    Node oldest = leaves[MAIN].first();
    while (oldest != null && oldest.frequency > 0) {
      oldest.frequency--;
      again(oldest);
      oldest = leaves[MAIN].first();
    }
    return oldest;
  }

  /** A leaf goes (on) into the main queue, as its youngest. */
  private void again(Node leaf) {
    leave(leaf);
    sizes[leaf.segment]--;
    place(leaf, MAIN);
    enter(leaf);
  }

  private void place(Node node, int segment) {
    node.segment = segment;
    node.rank = placed++;
    sizes[segment]++;
  }

  private int mainCapacity() {
    return (int) (capacity.getAsInt() * (1 - smallShare));
  }
}
