package dev.kvasir.cache.policy;

import java.util.ArrayDeque;
import java.util.Objects;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A small LRU window (1% unless it is told otherwise) before a segmented LRU: who is pushed out of
 * the window stays only if it was seen at least as often, by a sketch, as the one that would leave
 * for it.
 *
 * <p>Einziger, Friedman, Manes, "TinyLFU: a highly efficient cache admission policy",
 * https://arxiv.org/abs/1512.00727. Leaves only: an inner block that is pushed out of the window
 * stays unasked. A tie admits, since "more often" would let nobody in while all are seen once.
 */
final class WindowTinyLfu implements EvictionPolicy {
  private static final int WINDOW = 2; // the segments of the main part are 0 and 1
  private static final int GONE = 3;

  private final IntSupplier capacity;
  private final double windowShare;
  private final FrequencySketch sketch = new FrequencySketch();
  private final NodeList window = new NodeList();
  private final LeafQueue windowLeaves = new LeafQueue();
  private final SegmentedLru main;

  /** Pushed out of the window since the cache was full, oldest first, and not yet compared. */
  private final ArrayDeque<Node> candidates = new ArrayDeque<>();

  private int size;
  private long placed;

  /**
   * @param capacity blocks in the cache, which may change
   * @param windowShare of them in the window
   * @param protectedShare of the others, at most, that are protected
   */
  WindowTinyLfu(IntSupplier capacity, double windowShare, double protectedShare) {
    this.capacity = capacity;
    this.windowShare = windowShare;
    this.main = new SegmentedLru(() -> capacity.getAsInt() - windowCapacity(), protectedShare);
  }

  @Override
  public void added(Node node) {
    see(node);
    size++;
    if (node.uses > 0) {
      main.added(node);
    } else {
      toWindow(node);
    }
    while (window.size() > windowCapacity()) {
      pushOut(Objects.requireNonNull(window.first()));
    }
    if (size < capacity.getAsInt()) {
      candidates.clear();
    }
  }

  @Override
  public void used(Node node) {
    see(node);
    if (node.segment == WINDOW) {
      window.remove(node);
      toWindow(node);
    } else {
      main.used(node);
    }
  }

  @Override
  public void removed(Node node) {
    size--;
    if (node.segment == WINDOW) {
      window.remove(node);
    } else {
      main.removed(node);
    }
    node.segment = GONE;
  }

  @Override
  public void enter(Node leaf) {
    if (leaf.segment == WINDOW) {
      windowLeaves.add(leaf);
    } else {
      main.enter(leaf);
    }
  }

  @Override
  public void leave(Node leaf) {
    if (leaf.segment == WINDOW) {
      windowLeaves.remove(leaf);
    } else {
      main.leave(leaf);
    }
  }

  @Override
  public @Nullable Node victim() {
    Node victim = main.victim();
    if (victim == null) {
      return windowLeaves.first();
    }
    Node candidate = nextCandidate();
    boolean candidateLoses =
        candidate != null
            && sketch.count(candidate.block.hash()) < sketch.count(victim.block.hash());
    return candidateLoses ? candidate : victim;
  }

  private @Nullable Node nextCandidate() {
    Node candidate = candidates.poll();
    while (candidate != null && !main.hasLeafOnProbation(candidate)) {
      candidate = candidates.poll();
    }
    return candidate;
  }

  private void see(Node node) {
    sketch.ensureCapacity(capacity.getAsInt());
    sketch.add(node.block.hash());
  }

  private void toWindow(Node node) {
    node.segment = WINDOW;
    node.rank = placed++;
    window.append(node);
  }

  private void pushOut(Node node) {
    boolean isLeaf = node.evictable();
    if (isLeaf) {
      leave(node);
    }
    window.remove(node);
    main.admit(node);
    if (isLeaf) {
      enter(node);
    }
    candidates.add(node);
  }

  private int windowCapacity() {
    return Math.max(1, (int) (capacity.getAsInt() * windowShare));
  }
}
