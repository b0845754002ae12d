package dev.kvasir.cache.policy;

import org.jspecify.annotations.Nullable;

/** A block's place in the tree, with what changes about it. Owned by one {@link PrefixTree}. */
final class Node {
  final TreeBlock block;
  final long storedNanos;
  final TenantBlocks tenant;
  long uses;
  long lastUseNanos;
  int children;
  boolean pinned;

  // What the eviction policy in force notes here; see there for the meaning.
  double priority;
  long rank;
  int segment;
  int frequency;
  int slot;
  @Nullable Node previous;
  @Nullable Node next;
  ReuseHistory.@Nullable Track track;

  Node(TreeBlock block, TenantBlocks tenant, long storedNanos, long nowNanos) {
    this.block = block;
    this.tenant = tenant;
    this.storedNanos = storedNanos;
    this.lastUseNanos = nowNanos;
  }

  /** Whether it may leave: nothing in the tree continues it, and nobody pinned it. */
  boolean evictable() {
    return children == 0 && !pinned;
  }

  /** Clears what another policy noted. */
  void forgetPolicy() {
    priority = 0;
    rank = 0;
    segment = 0;
    frequency = 0;
    slot = 0;
    previous = null;
    next = null;
    track = null;
  }

  BlockUsage usage() {
    return new BlockUsage(block, uses, storedNanos, lastUseNanos, children, pinned);
  }
}
