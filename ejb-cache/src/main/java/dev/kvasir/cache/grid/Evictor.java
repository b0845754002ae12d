package dev.kvasir.cache.grid;

import com.hazelcast.map.IMap;
import com.hazelcast.map.LocalMapStats;
import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.policy.TreeBlock;
import dev.kvasir.cache.policy.Watermarks;
import dev.kvasir.inference.BlockHash;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Keeps what this member holds within its budget: evicts blocks of its own partitions. */
final class Evictor {
  /*
   * What counts is all that this member holds: blocks that it owns and backups of others'. It can
   * only evict what it owns, and each such block leaves a backup's place on another member. So it
   * takes its share of the excess, owned / (owned + backup), and the others, who hold as much, do
   * the same: together the excess goes, and nobody evicts twice for it. If the others are within
   * their budgets and evict nothing, what remains shrinks with each round until it is below the start.
   *
   * Prefixes run across members, so an old leaf of another member may keep this member's old
   * blocks from leaving for a moment. A round therefore looks only at as large a share of the
   * leaves as all members must give up of their bytes, evicts its own blocks among these and leaves
   * the rest to the next round, when the others have evicted theirs. A round that finds nothing
   * doubles the share of the next.
   *
   * The policy is told how many blocks there is room for, as far as the sizes of those that are
   * here tell.
   */

  private static final double MAX_PATIENCE = 1 << 20;
  private static final long WARN_EVERY_NANOS = 60_000_000_000L;
  private static final System.Logger LOG = System.getLogger(Evictor.class.getName());

  private final IMap<BlockHash, byte[]> blocks;
  private final BlockExit exit;
  private final IndexReplica replica;
  private final Predicate<BlockHash> isOwn;
  private final Supplier<CacheSettings.Room> rooms;
  private volatile long heldBytes; // as the last round saw it
  private final Consumer<TreeBlock> demotion;
  private double patience = 1; // guarded by this
  private long lastWarnNanos = System.nanoTime() - WARN_EVERY_NANOS; // guarded by this

  Evictor(
      IMap<BlockHash, byte[]> blocks,
      IMap<BlockHash, IndexEntry> index,
      IndexReplica replica,
      Rules rules) {
    this.blocks = blocks;
    this.exit = new BlockExit(blocks, index);
    this.replica = replica;
    this.isOwn = rules.isOwn();
    this.rooms = rules.rooms();
    this.demotion = rules.demotion();
  }

  /**
   * What this member may evict, and when it must.
   *
   * @param isOwn whether a block lies in a partition of this member
   * @param rooms that owned blocks and backups may take, as settings have it now
   * @param demotion may keep a victim elsewhere, just before it leaves
   */
  record Rules(
      Predicate<BlockHash> isOwn,
      Supplier<CacheSettings.Room> rooms,
      Consumer<TreeBlock> demotion) {}

  /** Whether whatever comes in here lets another block leave sooner or later. */
  boolean isFull() {
    CacheSettings.Room room = rooms.get();
    return Watermarks.of(room).excess(heldBytes, room.budgetBytes()) > 0;
  }

  /** One round: nothing, or as many victims as it takes. */
  synchronized void evictExcess() {
    LocalMapStats here = blocks.getLocalMapStats();
    long owned = here.getOwnedEntryMemoryCost();
    long held = owned + here.getBackupEntryMemoryCost();
    heldBytes = held;
    CacheSettings.Room room = rooms.get();
    Watermarks watermarks = Watermarks.of(room);
    long budget = room.budgetBytes();
    replica.setCapacity(watermarks.capacityBlocks(replica.size(), held, budget));
    if (!watermarks.exceeded(held, budget)) {
      patience = 1;
      return;
    }
    double excess = watermarks.excess(held, budget);
    long ownShare = (long) Math.ceil(excess * owned / held);
    double leaves = replica.evictableCount() * (excess / held) * patience;
    List<TreeBlock> victims = replica.takeVictims(ownShare, (long) Math.ceil(leaves), isOwn);
    patience = victims.isEmpty() ? Math.min(patience * 2, MAX_PATIENCE) : 1;
    evict(victims);
    if (patience == MAX_PATIENCE && held > budget) {
      warnThatNothingMayLeave(held, budget);
    }
  }

  /** All of them, or those before a failure: what was not evicted stays known. */
  private void evict(List<TreeBlock> victims) {
    int evicted = 0;
    try {
      for (TreeBlock victim : victims) {
        demotion.accept(victim);
        exit.evict(victim.hash());
        replica.left(victim.hash());
        evicted++;
      }
    } finally {
      victims.subList(evicted, victims.size()).forEach(replica::stay);
    }
  }

  private void warnThatNothingMayLeave(long held, long budget) {
    if (System.nanoTime() - lastWarnNanos >= WARN_EVERY_NANOS) {
      lastWarnNanos = System.nanoTime();
      LOG.log(
          Level.WARNING,
          "KVASIR3005: {0} bytes held, but the budget is {1} and all that could leave is pinned;"
              + " unpin blocks or raise the budget",
          held,
          budget);
    }
  }
}
