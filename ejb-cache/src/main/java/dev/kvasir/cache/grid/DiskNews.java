package dev.kvasir.cache.grid;

import dev.kvasir.inference.BlockHash;
import java.util.List;

/**
 * What came and went on a member's disk, as it tells the others.
 *
 * @param added since it told last, or all that lies there
 * @param removed since it told last
 * @param all whether {@code added} is all that lies there
 */
record DiskNews(List<BlockHash> added, List<BlockHash> removed, boolean all) {
  /** Answer to whoever knows all of it already. */
  static final DiskNews NONE = new DiskNews(List.of(), List.of(), false);

  DiskNews {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
  }
}
