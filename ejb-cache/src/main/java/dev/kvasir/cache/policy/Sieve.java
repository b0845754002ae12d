package dev.kvasir.cache.policy;

import org.jspecify.annotations.Nullable;

/**
 * One FIFO queue and a hand that goes through it from old to young, again and again: who was taken
 * since it came by is spared once, who was not leaves.
 *
 * <p>Zhang, Yang, Yue, Vigfusson, Rashmi, "SIEVE is simpler than LRU", NSDI 2024,
 * https://www.usenix.org/conference/nsdi24/presentation/zhang-yazhuo. Leaves only: the hand passes
 * over inner blocks and leaves their mark.
 */
final class Sieve implements EvictionPolicy {
  private static final int TAKEN = 1;

  private final LeafQueue leaves = new LeafQueue();
  private long placed;

  /** Whom the hand looks at next; null for the oldest. */
  private @Nullable Node hand;

  @Override
  public void added(Node node) {
    node.rank = placed++;
    node.frequency = node.uses > 0 ? TAKEN : 0;
  }

  @Override
  public void used(Node node) {
    node.frequency = TAKEN;
  }

  @Override
  public void removed(Node node) {}

  @Override
  public void evicted(Node node) {
    hand = leaves.after(node);
  }

  @Override
  public void enter(Node leaf) {
    leaves.add(leaf);
  }

  @Override
  public void leave(Node leaf) {
    leaves.remove(leaf);
  }

  @Override
  public @Nullable Node victim() {
    hand = orOldest(hand == null ? null : leaves.atOrAfter(hand));
    while (hand != null && hand.frequency == TAKEN) {
      hand.frequency = 0;
      hand = orOldest(leaves.after(hand));
    }
    return hand;
  }

  private @Nullable Node orOldest(@Nullable Node leaf) {
    return leaf == null ? leaves.first() : leaf;
  }
}
