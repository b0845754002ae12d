package dev.kvasir.cache.policy;

/** Least recently used first. */
final class Lru extends SortedPolicy {
  @Override
  void place(Node node) {
    node.rank = node.lastUseNanos;
  }
}
