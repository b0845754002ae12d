package dev.kvasir.cache.browse;

import dev.kvasir.cache.BlockInfo;
import java.util.List;

/**
 * Blocks of which each is the only one to continue the one before it.
 *
 * @param first of them
 * @param last of them: its children, if there are any, begin other runs
 * @param own these blocks
 * @param branch these and all that continue them
 * @param owners names of the nodes whose partitions hold them, in order of the blocks
 * @param pinnedBlocks of these
 * @param diskBlocks of these that lie on some node's disk, too
 * @param poolBlocks of these that lie in this node's engine pool, too
 */
public record BlockRun(
    BlockInfo first,
    BlockInfo last,
    Extent own,
    Extent branch,
    List<String> owners,
    int pinnedBlocks,
    int diskBlocks,
    int poolBlocks) {
  public BlockRun {
    owners = List.copyOf(owners);
  }

  /** Some blocks together. */
  public record Extent(int blocks, long bytes) {
    static final Extent NONE = new Extent(0, 0);

    static Extent of(BlockInfo block) {
      return new Extent(1, block.bytes());
    }

    Extent plus(Extent other) {
      return new Extent(blocks + other.blocks, bytes + other.bytes);
    }
  }
}
