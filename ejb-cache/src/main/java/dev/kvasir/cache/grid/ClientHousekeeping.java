package dev.kvasir.cache.grid;

import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.policy.Watermarks;
import java.time.Duration;
import java.util.function.Supplier;

/** A client's: it owns no block, so it evicts none, and mends nothing but its own replica. */
final class ClientHousekeeping implements Housekeeping {
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);
  private static final int COPIES = 2; // a block and its backup

  private final GridMaps maps;
  private final IndexReplica replica;
  private final Supplier<CacheSettings> settings;
  private final Reconciler reconciler;
  private volatile boolean full;

  /**
   * @param settings in force
   */
  ClientHousekeeping(GridMaps maps, NodeMemory memory, Supplier<CacheSettings> settings) {
    this.maps = maps;
    this.replica = memory.replica();
    this.settings = settings;
    reconciler = Reconciler.of(maps, memory);
  }

  @Override
  public void begin(Upkeep upkeep) {
    upkeep.every(LOOK_EVERY, "looking how full the members are", this::keepRoom);
  }

  @Override
  public boolean isFull() {
    return full;
  }

  /** Tells how full the members are, as far as a client can: their mean. */
  @Override
  public void keepRoom() {
    long members =
        Math.max(
            1,
            maps.hazelcast().getCluster().getMembers().stream()
                .filter(member -> !member.isLiteMember())
                .count());
    CacheSettings.Room room = settings.get().room();
    Watermarks watermarks = Watermarks.of(room);
    long held = replica.bytes() * Math.min(COPIES, members) / members;
    replica.setCapacity(watermarks.capacityBlocks(replica.size(), held, room.budgetBytes()));
    full = watermarks.excess(held, room.budgetBytes()) > 0;
  }

  @Override
  public void reconcile() {
    reconciler.reconcileReplica();
  }

  @Override
  public void partitionLost(int partition) {
    reconciler.partitionLost(partition);
  }
}
