package dev.kvasir.cache.policy;

import dev.kvasir.cache.Lifetime;
import dev.kvasir.inference.BlockHash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** Looks through a tree's blocks for those that are too old, some at a time, all in turn. */
final class ExpirySweep {
  private final ConcurrentHashMap<BlockHash, Node> nodes;
  private Iterator<Node> rest = Collections.emptyIterator();

  ExpirySweep(ConcurrentHashMap<BlockHash, Node> nodes) {
    this.nodes = nodes;
  }

  /** Begins anew. */
  void restart() {
    rest = Collections.emptyIterator();
  }

  /** Those too old among the next ones; see {@link PrefixTree#takeExpired}. */
  List<TreeBlock> next(
      long nowNanos,
      int maxLooks,
      Function<String, Lifetime> lifetimeOf,
      Predicate<BlockHash> mayLeave) {
    List<TreeBlock> expired = new ArrayList<>();
    if (!rest.hasNext()) {
      rest = nodes.values().iterator();
    }
    for (int look = 0; look < maxLooks && rest.hasNext(); look++) {
      Node node = rest.next();
      if (nodes.get(node.block.hash()) == node // the iterator may lag behind
          && !node.pinned
          && lifetimeOf
              .apply(node.block.tenant())
              .isOver(nowNanos - node.storedNanos, nowNanos - node.lastUseNanos, node.children == 0)
          && mayLeave.test(node.block.hash())) {
        expired.add(node.block);
      }
    }
    return expired;
  }
}
