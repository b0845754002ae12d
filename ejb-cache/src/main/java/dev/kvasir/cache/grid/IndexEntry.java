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
 * @param storedMillis when it was stored, by the cluster's clock
 * @param expired whether it is being taken out for its age, which the event of its removal does not
 *     say
 */
record IndexEntry(
    @Nullable BlockHash parent,
    int depth,
    int bytes,
    String tenant,
    long storedMillis,
    boolean expired) {
  static IndexEntry of(Placement placement, int bytes, long storedMillis) {
    return new IndexEntry(
        placement.parent(), placement.depth(), bytes, placement.tenant(), storedMillis, false);
  }

  /** That of a block that is about to leave for its age. */
  static IndexEntry expiring(TreeBlock block) {
    return new IndexEntry(block.parent(), block.depth(), block.bytes(), block.tenant(), 0, true);
  }

  TreeBlock block(BlockHash hash) {
    return new TreeBlock(hash, parent, depth, bytes, tenant);
  }
}
