package dev.kvasir.cache.grid;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import com.hazelcast.core.LifecycleListener;
import java.time.Duration;
import java.util.List;

/**
 * Keeps what this node knows of the grid true: hears of each change, and mends in rounds what it
 * has not heard of.
 */
final class GridWatch {
  /** After a change of members: more than one, since a round mends what the last one suspected. */
  private static final List<Duration> RECONCILE_AFTER_CHANGE =
      List.of(Duration.ofMillis(500), Duration.ofMillis(1_500), Duration.ofMillis(3_000));

  private static final long RECONCILE_GAP_NANOS = 300_000_000;

  private final GridMaps maps;
  private final NodeMemory memory;
  private final Parts parts;
  private final Upkeep upkeep;
  private long lastReconcileNanos = System.nanoTime() - RECONCILE_GAP_NANOS; // guarded by this

  /**
   * @param upkeep runs the rounds
   */
  GridWatch(GridMaps maps, NodeMemory memory, Parts parts, Upkeep upkeep) {
    this.maps = maps;
    this.memory = memory;
    this.parts = parts;
    this.upkeep = upkeep;
  }

  /** What is kept true beside the memory. */
  record Parts(
      ClientConnection connection,
      SharedMeta meta,
      Housekeeping housekeeping,
      FlightTable flights,
      SharedDisk disk) {}

  /** Events first, then what was there before: nothing falls between. */
  void begin(Duration reconcileEvery) {
    maps.index()
        .addEntryListener(
            new IndexListener(
                memory.replica(),
                memory.stats().departures(),
                memory.absent(),
                () -> parts.meta().settings().eviction()),
            true);
    maps.blocks()
        .addPartitionLostListener(
            event -> parts.housekeeping().partitionLost(event.getPartitionId()));
    maps.index()
        .entrySet()
        .forEach(entry -> memory.replica().add(entry.getKey(), entry.getValue()));
    LifecycleListener returns =
        event -> {
          if (event.getState() == LifecycleState.CLIENT_CONNECTED) {
            memory.near().clear(); // nobody told of what left meanwhile
          }
          if (event.getState() == LifecycleState.CLIENT_CONNECTED
              || event.getState() == LifecycleState.MERGED) {
            reconcileSoon();
          }
        };
    maps.hazelcast().getLifecycleService().addLifecycleListener(returns);
    maps.hazelcast().getCluster().addMembershipListener(new Comings());
    parts.flights().follow();
    upkeep.every(reconcileEvery, "reconciliation", this::reconcile);
  }

  private void reconcileSoon() {
    RECONCILE_AFTER_CHANGE.forEach(delay -> upkeep.soon(delay, "reconciliation", this::reconcile));
  }

  /** One round, unless the last one is so short ago that it would confirm what is under way. */
  private synchronized void reconcile() {
    long now = System.nanoTime();
    if (!parts.connection().isLost() && now - lastReconcileNanos >= RECONCILE_GAP_NANOS) {
      parts.meta().refresh();
      parts.housekeeping().reconcile();
      parts.disk().reconcile();
      lastReconcileNanos = System.nanoTime();
    }
  }

  /** Members that come and go. */
  private final class Comings implements MembershipListener {
    @Override
    public void memberAdded(MembershipEvent event) {
      reconcileSoon();
    }

    @Override
    public void memberRemoved(MembershipEvent event) {
      parts.flights().left(event.getMember().getUuid());
      reconcileSoon();
    }
  }
}
