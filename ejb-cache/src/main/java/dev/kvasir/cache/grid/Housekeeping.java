package dev.kvasir.cache.grid;

import java.time.Duration;

/** A member's work on the blocks of its own partitions: evicts, expires and mends them. */
final class Housekeeping {
  private static final Duration EVICT_EVERY = Duration.ofMillis(50);
  private static final Duration EXPIRE_EVERY = Duration.ofMillis(500);

  private final Evictor evictor;
  private final Expiry expiry;
  private final Reconciler reconciler;

  /**
   * @param rules what this member may evict, and when
   */
  Housekeeping(GridMaps maps, NodeMemory memory, SharedMeta meta, Evictor.Rules rules) {
    evictor = new Evictor(maps.blocks(), maps.index(), memory.replica(), rules);
    expiry =
        new Expiry(
            maps.blocks(),
            maps.index(),
            memory.replica(),
            rules.isOwn(),
            tenant -> meta.settings().lifetimeOf(tenant));
    reconciler =
        new Reconciler(
            maps.blocks(),
            maps.index(),
            memory.replica(),
            new Reconciler.Tally(
                memory.stats().departures(),
                memory.absent(),
                memory.stats().reconciled(),
                hash -> maps.partitions().getPartition(hash).getPartitionId()));
  }

  void begin(Upkeep upkeep) {
    upkeep.every(EVICT_EVERY, "eviction", evictor::evictExcess);
    upkeep.every(EXPIRE_EVERY, "expiry", expiry::sweep);
  }

  /** Whether whatever comes in lets another block leave sooner or later. */
  boolean isFull() {
    return evictor.isFull();
  }

  /** Evicts now, not at the next round. */
  void evictExcess() {
    evictor.evictExcess();
  }

  /** See {@link Reconciler#reconcile}. */
  void reconcile() {
    reconciler.reconcile();
  }

  /** See {@link Reconciler#partitionLost}. */
  void partitionLost(int partition) {
    reconciler.partitionLost(partition);
  }
}
