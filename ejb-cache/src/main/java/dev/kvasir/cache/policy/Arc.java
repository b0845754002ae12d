package dev.kvasir.cache.policy;

import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Adaptive replacement: blocks taken once and blocks taken again in a queue each, by recency; the
 * names of those who left either tell which of the two should have been longer.
 *
 * <p>Megiddo, Modha, "ARC: a self-tuning, low overhead replacement cache", FAST 2003,
 * https://www.usenix.org/conference/fast-03/arc-self-tuning-low-overhead-replacement-cache. Their
 * T1, T2 are {@code ONCE}, {@code AGAIN}, their B1, B2 the ghosts. Leaves only. Here blocks come
 * before others leave for them, so newcomers that are too many do not count in the size of T1 until
 * another one left in their place.
 */
final class Arc extends SegmentedPolicy {
  private static final int ONCE = 0;
  private static final int AGAIN = 1;

  private final IntSupplier capacity;
  private final GhostList[] ghosts = {new GhostList(), new GhostList()};
  private final int[] sizes = new int[2];
  private long placed;
  private double target; // the paper's p: how long ONCE should be
  private int newcomers;
  private boolean lastCameBack; // from among those that were taken again

  /** Of a cache of so many blocks, which may change. */
  Arc(IntSupplier capacity) {
    this.capacity = capacity;
  }

  @Override
  public void added(Node node) {
    double once = Math.max(1, ghosts[ONCE].size());
    double again = Math.max(1, ghosts[AGAIN].size());
    lastCameBack = false;
    if (ghosts[ONCE].remove(node.block.hash())) {
      target = Math.min(capacity.getAsInt(), target + Math.max(1, again / once));
      place(node, AGAIN);
    } else if (ghosts[AGAIN].remove(node.block.hash())) {
      target = Math.max(0, target - Math.max(1, once / again));
      place(node, AGAIN);
      lastCameBack = true;
    } else {
      place(node, node.uses > 0 ? AGAIN : ONCE);
      newcomers += sizes[ONCE] + sizes[AGAIN] > capacity.getAsInt() ? 1 : 0;
    }
    trimGhosts();
  }

  @Override
  public void used(Node node) {
    sizes[node.segment]--;
    place(node, AGAIN);
  }

  @Override
  public void removed(Node node) {
    sizes[node.segment]--;
    ghosts[node.segment].add(node.block.hash());
  }

  @Override
  public void evicted(Node node) {
    removed(node);
    newcomers = Math.max(0, newcomers - 1);
    trimGhosts();
  }

  @Override
  public @Nullable Node victim() {
    int once = sizes[ONCE] - Math.min(newcomers, sizes[ONCE]);
    boolean fromOnce = once > 0 && (once > target || (lastCameBack && once == (int) target));
    Node victim = leaves[fromOnce ? ONCE : AGAIN].first();
    return victim == null ? leaves[fromOnce ? AGAIN : ONCE].first() : victim;
  }

  /** |T1| + |B1| is at most the capacity, all four together twice that. */
  private void trimGhosts() {
    int room = capacity.getAsInt();
    ghosts[ONCE].trim(room - sizes[ONCE]);
    int pages = Math.min(room, sizes[ONCE] + sizes[AGAIN]); // those too many are about to leave
    ghosts[AGAIN].trim(2 * room - pages - ghosts[ONCE].size());
  }

  private void place(Node node, int segment) {
    node.segment = segment;
    node.rank = placed++;
    sizes[segment]++;
  }
}
