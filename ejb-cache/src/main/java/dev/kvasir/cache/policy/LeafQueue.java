package dev.kvasir.cache.policy;

import java.util.Comparator;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The leaves of one queue, sorted: smaller {@code priority} leaves first, then smaller {@code
 * rank}, which may wrap around; ties end with the deeper block, then the smaller hash.
 *
 * <p>A block's place rests on its fields: take it out before they change. Each change costs O(log
 * leaves); inner blocks cost nothing, whatever their place.
 */
final class LeafQueue {
  private static final Comparator<Node> ORDER =
      Comparator.<Node>comparingDouble(node -> node.priority)
          .thenComparing((a, b) -> Long.signum(a.rank - b.rank))
          .thenComparing(node -> -node.block.depth())
          .thenComparing(node -> node.block.hash(), PrefixTree.BY_HASH);

  private final NavigableSet<Node> leaves = new TreeSet<>(ORDER);

  void add(Node leaf) {
    leaves.add(leaf);
  }

  void remove(Node leaf) {
    leaves.remove(leaf);
  }

  boolean contains(Node node) {
    return leaves.contains(node);
  }

  /** The leaf that stands there, or the first one behind; null at the end. */
  @Nullable Node atOrAfter(Node place) {
    return leaves.ceiling(place);
  }

  @Nullable Node first() {
    return leaves.isEmpty() ? null : leaves.first();
  }

  /** The first leaf behind this one, which need not be in the queue; null at the end. */
  @Nullable Node after(Node place) {
    return leaves.higher(place);
  }
}
