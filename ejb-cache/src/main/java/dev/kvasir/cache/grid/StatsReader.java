package dev.kvasir.cache.grid;

import com.hazelcast.map.IMap;
import com.hazelcast.map.LocalMapStats;
import dev.kvasir.cache.GridStats;
import dev.kvasir.inference.BlockHash;
import java.util.concurrent.atomic.LongAdder;

/** Counters and sizes of the grid as this member knows them, without asking another. */
final class StatsReader {
  private final IMap<BlockHash, byte[]> blocks;
  private final IndexReplica replica;
  private final NearTier near;
  private final Departures departures = new Departures();
  private final LongAdder reconciled = new LongAdder();

  StatsReader(IMap<BlockHash, byte[]> blocks, IndexReplica replica, NearTier near) {
    this.blocks = blocks;
    this.replica = replica;
    this.near = near;
  }

  /** Counts blocks that leave. */
  Departures departures() {
    return departures;
  }

  /** Counts index entries mended. */
  LongAdder reconciled() {
    return reconciled;
  }

  GridStats snapshot() {
    LocalMapStats here = blocks.getLocalMapStats();
    long gridBlocks = replica.size();
    long gridBytes = replica.bytes();
    long nearEntries = near.size();
    // on-heap near caches count entries only, and blocks are all about as large
    long nearBytes = gridBlocks == 0 ? 0 : nearEntries * (gridBytes / gridBlocks);
    return new GridStats(
        new GridStats.Held(
            gridBlocks, gridBytes, here.getOwnedEntryMemoryCost(), here.getBackupEntryMemoryCost()),
        new GridStats.Near(nearEntries, nearBytes, near.capacity(), near.evictions()),
        departures.snapshot(),
        reconciled.sum());
  }
}
