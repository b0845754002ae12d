package dev.kvasir.console.blocks;

import dev.kvasir.cache.browse.BlockRun;
import dev.kvasir.inference.BlockHash;
import org.jspecify.annotations.Nullable;

/**
 * A line of the tree as the page shows it: a run, or the place of runs that were not asked for yet.
 *
 * @param run null in the latter case
 * @param level of its depth in the tree, from 0
 * @param open whether what continues the run stands below
 * @param after the block that the run continues; null for those that prefixes begin with
 * @param offset place among those that continue the same block
 * @param left runs that come from here on, if there is no run
 */
public record TreeLine(
    @Nullable BlockRun run,
    int level,
    boolean open,
    @Nullable BlockHash after,
    int offset,
    int left) {
  static TreeLine of(BlockRun run, int level, @Nullable BlockHash after, int offset) {
    return new TreeLine(run, level, false, after, offset, 0);
  }

  static TreeLine more(int level, @Nullable BlockHash after, int offset, int left) {
    return new TreeLine(null, level, false, after, offset, left);
  }

  TreeLine opened(boolean now) {
    return new TreeLine(run, level, now, after, offset, left);
  }

  /** Whether anything continues it. */
  public boolean isInner() {
    return run != null && run.last().cachedChildren() > 0;
  }
}
