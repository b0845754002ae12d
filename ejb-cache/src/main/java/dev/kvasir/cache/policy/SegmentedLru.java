package dev.kvasir.cache.policy;

import java.util.Objects;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * LRU in two segments: blocks come into the first and move to the protected one when they are
 * taken; what is pushed out of that gets a second chance in the first. The first one's oldest
 * leaves.
 *
 * <p>Karedla, Love, Wherry, "Caching strategies to improve disk system performance", 1994,
 * https://doi.org/10.1109/2.268884, with 80% protected unless it is told otherwise. Leaves only:
 * when the first segment has none, the protected one gives its oldest.
 */
final class SegmentedLru extends SegmentedPolicy {
  private static final int PROBATION = 0;
  private static final int PROTECTED = 1;

  private final IntSupplier capacity;
  private final double protectedShare;
  private final NodeList safe = new NodeList();
  private long placed;

  /**
   * @param capacity blocks in the cache, which may change
   * @param protectedShare of them, at most, that are in the protected segment
   */
  SegmentedLru(IntSupplier capacity, double protectedShare) {
    this.capacity = capacity;
    this.protectedShare = protectedShare;
  }

  @Override
  public void added(Node node) {
    admit(node);
    if (node.uses > 0) {
      used(node);
    }
  }

  /** Takes a block into the first segment, whatever its uses. */
  void admit(Node node) {
    place(node, PROBATION);
  }

  /** Whether the block may leave from the first segment. */
  boolean hasLeafOnProbation(Node node) {
    return node.segment == PROBATION && leaves[PROBATION].contains(node);
  }

  @Override
  public void used(Node node) {
    removed(node);
    place(node, PROTECTED);
    safe.append(node);
    while (safe.size() > capacity.getAsInt() * protectedShare) {
      demoteOldest();
    }
  }

  @Override
  public void removed(Node node) {
    if (node.segment == PROTECTED) {
      safe.remove(node);
    }
  }

  @Override
  public @Nullable Node victim() {
    Node victim = leaves[PROBATION].first();
    return victim == null ? leaves[PROTECTED].first() : victim;
  }

  /** The oldest of the protected ones goes on as the youngest of the first segment. */
  private void demoteOldest() {
    Node oldest = Objects.requireNonNull(safe.first());
    boolean isLeaf = oldest.evictable();
    if (isLeaf) {
      leave(oldest);
    }
    safe.remove(oldest);
    place(oldest, PROBATION);
    if (isLeaf) {
      enter(oldest);
    }
  }

  private void place(Node node, int segment) {
    node.segment = segment;
    node.rank = placed++;
  }
}
