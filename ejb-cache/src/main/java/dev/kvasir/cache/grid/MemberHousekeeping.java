package dev.kvasir.cache.grid;

import java.time.Duration;

/** A member's work on the blocks of its own partitions: evicts, expires and mends them. */
final class MemberHousekeeping implements Housekeeping {
  private static final Duration EVICT_EVERY = Duration.ofMillis(50);
  private static final Duration EXPIRE_EVERY = Duration.ofMillis(500);

  private final Evictor evictor;
  private final Expiry expiry;
  private final Reconciler reconciler;

  /**
   * @param rules what this member may evict, and when
   */
  MemberHousekeeping(GridMaps maps, NodeMemory memory, SharedMeta meta, Evictor.Rules rules) {
    evictor = new Evictor(maps.blocks(), maps.index(), memory.replica(), rules);
    expiry =
        new Expiry(
            maps.blocks(),
            maps.index(),
            memory.replica(),
            rules.isOwn(),
            tenant -> meta.settings().lifetimeOf(tenant));
    reconciler = Reconciler.of(maps, memory);
  }

  @Override
  public void begin(Upkeep upkeep) {
    upkeep.every(EVICT_EVERY, "eviction", this::keepRoom);
    upkeep.every(EXPIRE_EVERY, "expiry", expiry::sweep);
  }

  @Override
  public boolean isFull() {
    return evictor.isFull();
  }

  @Override
  public void keepRoom() {
    evictor.evictExcess();
  }

  @Override
  public void reconcile() {
    reconciler.reconcile();
  }

  @Override
  public void partitionLost(int partition) {
    reconciler.partitionLost(partition);
  }
}
