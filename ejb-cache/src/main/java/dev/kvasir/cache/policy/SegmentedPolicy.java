package dev.kvasir.cache.policy;

/** A policy whose blocks are in one of two segments, by {@link Node#segment}. */
abstract class SegmentedPolicy implements EvictionPolicy {
  /** Those of each segment that may leave. */
  final LeafQueue[] leaves = {new LeafQueue(), new LeafQueue()};

  @Override
  public void enter(Node leaf) {
    leaves[leaf.segment].add(leaf);
  }

  @Override
  public void leave(Node leaf) {
    leaves[leaf.segment].remove(leaf);
  }
}
