package dev.kvasir.cache.browse;

import dev.kvasir.cache.BlockInfo;
import dev.kvasir.cache.Prefix;
import dev.kvasir.inference.BlockHash;
import java.util.List;

/** What a {@link ForestBrowser} needs of the node's tiers. Safe for all threads. */
public interface CachedBlocks {
  /** All blocks of the grid, as this node knows them. */
  List<BlockInfo> all();

  /** Leading blocks of these that the grid has. */
  int countInGrid(List<BlockHash> prefix);

  /** Leading blocks of these that this node's engine pool has. */
  int countInPool(List<BlockHash> prefix);

  /** Whether a block lies on some node's disk. */
  boolean isOnDisk(BlockHash hash);

  /** The names of a prompt's blocks. */
  Prefix prefixOf(PromptText text);

  /**
   * Takes blocks out; returns how many left.
   *
   * @param hashes so that none comes after one that it continues
   */
  int remove(String tenant, List<BlockHash> hashes, Leaving how);
}
