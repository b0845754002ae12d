package dev.kvasir.cache.grid;

import com.hazelcast.map.IMap;
import dev.kvasir.cache.BlockStore.Placement;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.KvBlock;

/** Writes blocks: the payload before the index entry, so that an announced block exists. */
final class BlockWriter {
  private static final int WRITE_TIMEOUT_MILLIS = 10_000;

  private final IMap<BlockHash, byte[]> blocks;
  private final IMap<BlockHash, IndexEntry> index;
  private final IndexReplica replica;

  BlockWriter(
      IMap<BlockHash, byte[]> blocks, IMap<BlockHash, IndexEntry> index, IndexReplica replica) {
    this.blocks = blocks;
    this.index = index;
    this.replica = replica;
  }

  /** See {@link dev.kvasir.cache.BlockStore#putIfAbsent}. */
  boolean putIfAbsent(Placement placement, KvBlock block) {
    BlockHash hash = placement.hash();
    if (replica.contains(hash)) {
      return false;
    }
    boolean stored =
        Bounded.get(
            blocks.submitToKey(hash, new StoreIfAbsent(block.bytes())),
            WRITE_TIMEOUT_MILLIS,
            "storing a block");
    // Even if it was stored before: its entry may be lost, and the same entry twice is harmless.
    IndexEntry entry = IndexEntry.of(placement, block.sizeBytes());
    Bounded.await(index.setAsync(hash, entry), WRITE_TIMEOUT_MILLIS, "announcing a block");
    replica.add(hash, entry);
    return stored;
  }

  /** See {@link dev.kvasir.cache.BlockStore#discard}. */
  void discard(BlockHash hash) {
    replica.remove(hash);
    // Payload first here too: while the entry stands, no member stores the block anew.
    blocks.deleteAsync(hash).thenCompose(nothing -> index.deleteAsync(hash));
  }
}
