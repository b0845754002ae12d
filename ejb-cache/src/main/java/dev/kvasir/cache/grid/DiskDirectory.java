package dev.kvasir.cache.grid;

import dev.kvasir.inference.BlockHash;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What lies on the disks of the other nodes, as they told. Safe for all threads. */
final class DiskDirectory {
  private final Map<NodeId, Set<BlockHash>> blocksByNode = new ConcurrentHashMap<>();

  /** Some node that has the block. */
  Optional<NodeId> holder(BlockHash hash) {
    for (Map.Entry<NodeId, Set<BlockHash>> node : blocksByNode.entrySet()) {
      if (node.getValue().contains(hash)) {
        return Optional.of(node.getKey());
      }
    }
    return Optional.empty();
  }

  /** Takes over what a node tells. */
  void learn(NodeId node, DiskNews news) {
    Set<BlockHash> blocks = of(node);
    if (news.all()) {
      blocks.retainAll(Set.copyOf(news.added()));
    }
    blocks.addAll(news.added());
    news.removed().forEach(blocks::remove);
  }

  /** What is known of a node. */
  Summary summary(NodeId node) {
    return Summary.of(of(node));
  }

  private Set<BlockHash> of(NodeId node) {
    return blocksByNode.computeIfAbsent(node, id -> ConcurrentHashMap.newKeySet());
  }

  /** A node has the block no more. */
  void forget(NodeId node, BlockHash hash) {
    of(node).remove(hash);
  }

  /** A node does not answer: what it has is nobody's until it tells again, or is asked. */
  void forget(NodeId node) {
    blocksByNode.remove(node);
  }

  /** Forgets all nodes but these. */
  void retain(Collection<NodeId> nodes) {
    blocksByNode.keySet().retainAll(nodes);
  }

  void clear() {
    blocksByNode.clear();
  }

  /**
   * Tells two sets of blocks apart, if not by intention.
   *
   * @param blocks how many
   * @param sum of their names' first words, which are as good as random
   */
  record Summary(int blocks, long sum) {
    static Summary of(Set<BlockHash> hashes) {
      int blocks = 0;
      long sum = 0;
      for (BlockHash hash : hashes) {
        blocks++;
        sum += hash.word0();
      }
      return new Summary(blocks, sum);
    }
  }
}
