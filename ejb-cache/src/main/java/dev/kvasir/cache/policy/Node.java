package dev.kvasir.cache.policy;

/** A block's place in the tree, with what changes about it. Owned by one {@link PrefixTree}. */
final class Node {
  final TreeBlock block;
  long uses;
  long lastUseNanos;
  int children;
  boolean pinned;

  Node(TreeBlock block, long nowNanos) {
    this.block = block;
    this.lastUseNanos = nowNanos;
  }

  /** Whether it may leave: nothing in the tree continues it, and nobody pinned it. */
  boolean evictable() {
    return children == 0 && !pinned;
  }

  BlockUsage usage() {
    return new BlockUsage(block, uses, lastUseNanos, children, pinned);
  }
}
