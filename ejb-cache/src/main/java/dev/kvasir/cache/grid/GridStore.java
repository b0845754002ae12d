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
  private final ClientConnection connection;

  /**
   * @param access how blocks are read and written
   */
  GridStore(GridMaps maps, NodeMemory memory, Access access) {
    this.memory = memory;
    fetch = access.fetch();
    gate = access.gate();
    connection = access.connection();
    writer = new BlockWriter(maps.blocks(), maps.index(), memory.replica(), maps::clusterMillis);
    touches =
        new TouchExchange(maps.hazelcast().getTopic(HazelcastSettings.TOUCHES), memory.replica());
  }

  /**
   * How blocks are read and written.
   *
   * @param fetch reads
   * @param gate says what may be written
   * @param connection says whether either can be done
   */
  record Access(BlockFetch fetch, WriteGate gate, ClientConnection connection) {}

  /** Tells of the uses since the last time. */
  void flushTouches() {
    touches.flush();
  }

  /** Without the grid what is near counts, so that nothing hides what lies on a disk here. */
  @Override
  public int countLeading(List<BlockHash> hashes) {
    return connection.isLost()
        ? memory.near().countLeading(hashes)
        : memory.replica().countLeading(hashes);
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
    return connection.isLost() ? Absence.UNREACHABLE : memory.absent().of(hash);
  }

  @Override
  public GridStats stats() {
    return memory.stats().snapshot();
  }
}
