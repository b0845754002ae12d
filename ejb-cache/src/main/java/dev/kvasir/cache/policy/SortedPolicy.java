package dev.kvasir.cache.policy;

import org.jspecify.annotations.Nullable;

/** A policy with one queue, whose order is all that it decides. */
abstract class SortedPolicy implements EvictionPolicy {
  private final LeafQueue queue = new LeafQueue();

  /** Sets the block's {@code priority} and {@code rank}, as it came or was taken. */
  abstract void place(Node node);

  @Override
  public void added(Node node) {
    place(node);
  }

  @Override
  public void used(Node node) {
    place(node);
  }

  @Override
  public void removed(Node node) {}

  @Override
  public final void enter(Node leaf) {
    queue.add(leaf);
  }

  @Override
  public final void leave(Node leaf) {
    queue.remove(leaf);
  }

  @Override
  public final @Nullable Node victim() {
    return queue.first();
  }
}
