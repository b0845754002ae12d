package dev.kvasir.cache.grid;

import com.hazelcast.map.IMap;
import dev.kvasir.cache.BlockStore.Placement;
import dev.kvasir.cache.StoreOutcome;
import dev.kvasir.cache.Ticker;
import dev.kvasir.cache.stats.LogLimit;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.KvBlock;
import java.lang.System.Logger.Level;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Writes blocks: the payload before the index entry, so that an announced block exists. */
final class BlockWriter {
  private static final System.Logger LOG = System.getLogger(BlockWriter.class.getName());
  private static final int WRITE_TIMEOUT_MILLIS = 10_000;

  private final IMap<BlockHash, byte[]> blocks;
  private final IMap<BlockHash, IndexEntry> index;
  private final IndexReplica replica;
  private final LongSupplier clusterMillis;
  private final LogLimit discardLog = new LogLimit(Ticker.system());

  /**
   * @param clusterMillis the clock that all members share
   */
  BlockWriter(
      IMap<BlockHash, byte[]> blocks,
      IMap<BlockHash, IndexEntry> index,
      IndexReplica replica,
      LongSupplier clusterMillis) {
    this.blocks = blocks;
    this.index = index;
    this.replica = replica;
    this.clusterMillis = clusterMillis;
  }

  /**
   * See {@link dev.kvasir.cache.BlockStore#putIfAbsent}; refused is what is over its tenant's
   * quota.
   */
  StoreOutcome putIfAbsent(Placement placement, KvBlock block) {
    BlockHash hash = placement.hash();
    if (!replica.maySettle(hash)) {
      return StoreOutcome.PRESENT;
    }
    StoreOutcome outcome =
        StoreOutcome.valueOf(
            Bounded.get(
                blocks.submitToKey(hash, new StoreIfAbsent(block.bytes(), placement.tenant())),
                WRITE_TIMEOUT_MILLIS,
                "storing a block"));
    if (outcome.isRefusal()) {
      return outcome;
    }
    // Even if it was stored before: its entry may be lost, and the same entry twice is harmless.
    IndexEntry entry = IndexEntry.of(placement, block.sizeBytes(), clusterMillis.getAsLong());
    Bounded.await(index.setAsync(hash, entry), WRITE_TIMEOUT_MILLIS, "announcing a block");
    replica.add(hash, entry);
    return outcome;
  }

  /** See {@link dev.kvasir.cache.BlockStore#discard}. */
  void discard(BlockHash hash) {
    replica.leave(hash);
    // Payload first here too: while the entry stands, no other member stores the block anew.
    blocks
        .deleteAsync(hash)
        .thenCompose(nothing -> index.deleteAsync(hash))
        .whenComplete((nothing, failure) -> discarded(hash, failure));
  }

  private void discarded(BlockHash hash, @Nullable Throwable failure) {
    replica.left(hash);
    if (failure != null && discardLog.allows()) {
      LOG.log(
          Level.WARNING,
          "KVASIR3007: a corrupt block could not be taken out of the grid ({0}); whoever reads it next tries again",
          failure);
    }
  }
}
