package dev.kvasir.cache.grid;

import dev.kvasir.cache.BlockStore.Placement;
import dev.kvasir.cache.policy.TreeBlock;
import dev.kvasir.inference.BlockHash;
import org.jspecify.annotations.Nullable;

/**
 * What all members know of a block: small, so that listeners and replicas never carry payloads.
 *
 * @param parent the block before it; null for the first of its prefix
 * @param depth place in its prefix, from 0
 * @param bytes size of its payload
 * @param tenant whose it is
 */
record IndexEntry(@Nullable BlockHash parent, int depth, int bytes, String tenant) {
  static IndexEntry of(Placement placement, int bytes) {
    return new IndexEntry(placement.parent(), placement.depth(), bytes, placement.tenant());
  }

  TreeBlock block(BlockHash hash) {
    return new TreeBlock(hash, parent, depth, bytes, tenant);
  }
}
