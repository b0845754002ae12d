package dev.kvasir.cache.grid;

import com.hazelcast.map.IMap;
import dev.kvasir.completion.MissReason;
import dev.kvasir.inference.BlockHash;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Mends what lost events and lost members left behind: compares payloads with the index in this
 * member's partitions, and the whole index with this member's replica.
 *
 * <p>One thread at a time.
 */
final class Reconciler {
  private final IMap<BlockHash, byte[]> blocks;
  private final IMap<BlockHash, IndexEntry> index;
  private final IndexReplica replica;
  private final Tally tally;

  private final Suspects withoutPayload = new Suspects();
  private final Suspects withoutEntry = new Suspects();
  private final Suspects forgotten = new Suspects();
  private final Suspects unknown = new Suspects();
  private final Set<Integer> lostPartitions = ConcurrentHashMap.newKeySet();
  private Set<Integer> markedBefore = Set.of(); // reconciling thread only

  Reconciler(
      IMap<BlockHash, byte[]> blocks,
      IMap<BlockHash, IndexEntry> index,
      IndexReplica replica,
      Tally tally) {
    this.blocks = blocks;
    this.index = index;
    this.replica = replica;
    this.tally = tally;
  }

  /** One that counts where this node's statistics do. */
  static Reconciler of(GridMaps maps, NodeMemory memory) {
    return new Reconciler(
        maps.blocks(),
        maps.index(),
        memory.replica(),
        new Tally(
            memory.stats().departures(),
            memory.absent(),
            memory.stats().reconciled(),
            hash -> maps.partitions().getPartition(hash).getPartitionId()));
  }

  /**
   * What is counted, and what it takes to tell.
   *
   * @param departures counts blocks of lost partitions
   * @param absent remembers them
   * @param reconciled counts everything else that was mended
   * @param partitionOf a block's partition
   */
  record Tally(
      Departures departures,
      AbsentNames absent,
      LongAdder reconciled,
      java.util.function.ToIntFunction<BlockHash> partitionOf) {}

  /** Notes that a partition's owner and backup are gone, so that its blocks count as lost. */
  void partitionLost(int partition) {
    lostPartitions.add(partition);
  }

  /** One round of a member; what it suspects, the next one mends. */
  void reconcile() {
    mendOwn();
    reconcileReplica();
  }

  private void mendOwn() {
    Set<BlockHash> stored = blocks.localKeySet();
    Set<BlockHash> announced = index.localKeySet();
    for (BlockHash hash : withoutPayload.confirm(difference(announced, stored))) {
      index.delete(hash);
      tally.reconciled().increment();
    }
    for (BlockHash hash : withoutEntry.confirm(difference(stored, announced))) {
      blocks.delete(hash);
      tally.reconciled().increment();
    }
  }

  /** The part of a round that a client does as well, which owns nothing. */
  void reconcileReplica() {
    Set<Integer> markedNow = Set.copyOf(lostPartitions);
    Set<BlockHash> all = index.keySet();
    Set<BlockHash> known = replica.hashes();
    forgotten.confirm(difference(known, all)).forEach(this::forget);
    unmark(markedNow);
    learn(unknown.confirm(difference(all, known)));
  }

  private void forget(BlockHash hash) {
    if (replica.remove(hash)) {
      if (lostPartitions.contains(tally.partitionOf().applyAsInt(hash))) {
        tally.departures().count(Departures.Cause.LOST, 1);
        tally.absent().remember(hash, MissReason.LOST);
      } else {
        tally.reconciled().increment();
      }
    }
  }

  /** After two rounds a loss was suspected and counted: what is missing later is mended. */
  private void unmark(Set<Integer> markedNow) {
    Set<Integer> counted = new HashSet<>(markedNow);
    counted.retainAll(markedBefore);
    lostPartitions.removeAll(counted);
    markedBefore = new HashSet<>(markedNow);
    markedBefore.removeAll(counted);
  }

  private void learn(Set<BlockHash> hashes) {
    if (!hashes.isEmpty()) {
      for (Map.Entry<BlockHash, IndexEntry> entry : index.getAll(hashes).entrySet()) {
        if (replica.add(entry.getKey(), entry.getValue())) {
          tally.reconciled().increment();
        }
      }
    }
  }

  private static Set<BlockHash> difference(Set<BlockHash> all, Set<BlockHash> without) {
    Set<BlockHash> difference = new HashSet<>(all);
    difference.removeAll(without);
    return difference;
  }
}
