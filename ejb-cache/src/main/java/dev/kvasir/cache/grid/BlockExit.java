package dev.kvasir.cache.grid;

import com.hazelcast.map.IMap;
import dev.kvasir.cache.policy.TreeBlock;
import dev.kvasir.inference.BlockHash;

/** How single blocks leave the grid, so that all members hear why. */
final class BlockExit {
  private final IMap<BlockHash, byte[]> blocks;
  private final IMap<BlockHash, IndexEntry> index;

  BlockExit(IMap<BlockHash, byte[]> blocks, IMap<BlockHash, IndexEntry> index) {
    this.blocks = blocks;
    this.index = index;
  }

  /** For room. The payload first: while the entry stands, no other member stores the block anew. */
  void evict(BlockHash hash) {
    blocks.evict(hash);
    index.evict(hash);
  }

  /** For its age: the entry is marked first, so that all members count that cause. */
  void expire(TreeBlock block) {
    index.set(block.hash(), IndexEntry.expiring(block));
    evict(block.hash());
  }
}
