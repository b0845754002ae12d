package dev.kvasir.cache.grid;

import dev.kvasir.cache.Absence;
import dev.kvasir.cache.BlockStore;
import dev.kvasir.cache.GridStats;
import dev.kvasir.cache.Lookup;
import dev.kvasir.cache.StoreOutcome;
import dev.kvasir.completion.MissReason;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.KvBlock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The blocks of the grid, as a node that has joined it reads and writes them. */
final class GridStore implements BlockStore {
  private final NodeMemory memory;
  private final BlockFetch fetch;
  private final BlockWriter writer;
  private final WriteGate gate;
  private final TouchExchange touches;

  /**
   * @param fetch reads
   * @param gate says what may be written
   */
  GridStore(GridMaps maps, NodeMemory memory, BlockFetch fetch, WriteGate gate) {
    this.memory = memory;
    this.fetch = fetch;
    this.gate = gate;
    writer = new BlockWriter(maps.blocks(), maps.index(), memory.replica(), maps::clusterMillis);
    touches =
        new TouchExchange(maps.hazelcast().getTopic(HazelcastSettings.TOUCHES), memory.replica());
  }

  /** Tells of the uses since the last time. */
  void flushTouches() {
    touches.flush();
  }

  @Override
  public int countLeading(List<BlockHash> hashes) {
    return memory.replica().countLeading(hashes);
  }

  @Override
  public CompletionStage<Lookup.@Nullable Fetched> fetch(BlockHash hash, int deadlineMillis) {
    try {
      return fetch.fetch(hash, deadlineMillis, memory.replica()::remove);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public void asked(List<BlockHash> hashes) {
    gate.asked(hashes);
  }

  @Override
  public StoreOutcome putIfAbsent(Placement placement, KvBlock block) {
    return gate.refusal(placement).orElseGet(() -> writer.putIfAbsent(placement, block));
  }

  @Override
  public void touch(List<BlockHash> hashes) {
    touches.touch(hashes);
  }

  @Override
  public void discard(BlockHash hash) {
    memory.near().forget(hash);
    memory.absent().remember(hash, MissReason.CORRUPT);
    writer.discard(hash);
  }

  @Override
  public void notAdmitted(List<BlockHash> hashes) {
    hashes.forEach(hash -> memory.absent().remember(hash, MissReason.NOT_ADMITTED));
  }

  @Override
  public Absence absence(BlockHash hash) {
    return memory.absent().of(hash);
  }

  @Override
  public GridStats stats() {
    return memory.stats().snapshot();
  }
}
