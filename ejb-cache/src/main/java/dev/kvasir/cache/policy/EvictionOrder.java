package dev.kvasir.cache.policy;

import dev.kvasir.cache.EvictionKind;
import dev.kvasir.inference.BlockHash;
import java.util.Comparator;

/**
 * The order in which evictable blocks leave: smaller is evicted first. Total, so that equal trees
 * give equal orders: ties end with the deeper block first, then the smaller hash.
 */
final class EvictionOrder {
  static final Comparator<BlockHash> BY_HASH =
      Comparator.comparingLong(BlockHash::word0)
          .thenComparingLong(BlockHash::word1)
          .thenComparingLong(BlockHash::word2)
          .thenComparingLong(BlockHash::word3);

  private static final Comparator<Node> TIES =
      Comparator.<Node>comparingInt(node -> -node.block.depth())
          .thenComparing(node -> node.block.hash(), BY_HASH);

  /** Least recently used first; a ticker's readings are compared by their difference. */
  private static final Comparator<Node> LRU =
      ((Comparator<Node>) (a, b) -> Long.signum(a.lastUseNanos - b.lastUseNanos))
          .thenComparing(TIES);

  /** Least frequently used first, ties by recency. */
  private static final Comparator<Node> LFU =
      Comparator.<Node>comparingLong(node -> node.uses).thenComparing(LRU);

  private EvictionOrder() {}

  static Comparator<Node> of(EvictionKind kind) {
    return switch (kind) {
      case LRU -> LRU;
      case LFU -> LFU;
    };
  }
}
