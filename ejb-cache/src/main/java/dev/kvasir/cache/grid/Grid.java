package dev.kvasir.cache.grid;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import dev.kvasir.cache.BlockAges;
import dev.kvasir.cache.BlockTier;
import dev.kvasir.cache.Explanation;
import dev.kvasir.cache.NodeReport.Load;
import dev.kvasir.cache.RequestSummary;
import dev.kvasir.cache.audit.AuditFeed;
import dev.kvasir.cache.flight.FlightBoard;
import dev.kvasir.cache.route.PoolCensus;
import dev.kvasir.cache.route.PoolView;
import dev.kvasir.cache.tenants.SharedRecords;
import dev.kvasir.inference.BlockHash;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * One member of the grid, or one client of its members, from start to close: the block store of its
 * node.
 */
public final class Grid extends StoreFront implements AutoCloseable {
  private static final Duration EXPIRE_EVERY = Duration.ofMillis(500);
  private static final Duration TELL_EVERY = Duration.ofSeconds(1);
  private static final int USAGES_TIMEOUT_MILLIS = 2_000;

  private final GridParts parts;
  private final Upkeep upkeep;

  private Grid(GridParts parts, ScheduledExecutorService scheduler) {
    this.parts = parts;
    upkeep = new Upkeep(scheduler);
  }

  /**
   * Starts a member and joins the cluster, or connects a client to it.
   *
   * @param scheduler for all periodic work and answers; the caller's to stop, after {@link #close}
   * @throws GridException if the port is taken, or members that can be reached refuse this one
   */
  public static Grid start(GridConfig config, ScheduledExecutorService scheduler) {
    return start(config, scheduler, new SharedDisk());
  }

  /**
   * The same.
   *
   * @param disk of the node, which may have one before it has a grid
   */
  static Grid start(GridConfig config, ScheduledExecutorService scheduler, SharedDisk disk) {
    HazelcastInstance hazelcast =
        config.network().isClient() ? ClientStart.start(config) : HazelcastStart.start(config);
    try {
      GridParts parts = new GridParts(config, hazelcast, new GridParts.Means(scheduler, disk));
      Grid grid = new Grid(parts, scheduler);
      grid.begin(config);
      return grid;
    } catch (RuntimeException e) {
      hazelcast.getLifecycleService().terminate();
      String what = "the grid started, but could not be used: " + e;
      throw config.network().isClient()
          ? new ClientStart.UnusableException(what, e)
          : new GridException(what, e);
    }
  }

  /** What needs the finished grid. */
  private void begin(GridConfig config) {
    try {
      new GridWatch(
              parts.maps,
              parts.memory,
              new GridWatch.Parts(
                  parts.connection, parts.meta, parts.housekeeping, parts.flights, parts.disk),
              upkeep)
          .begin(config.reconcileEvery());
      parts.housekeeping.begin(upkeep);
      upkeep.every(TELL_EVERY, "telling of used blocks", parts.store::flushTouches);
      upkeep.every(FlightTable.RENEW_EVERY, "telling of what is computed", parts.flights::renew);
      upkeep.every(EXPIRE_EVERY, "expiry on the disk", parts.disk::expire);
      upkeep.every(TELL_EVERY, "telling what lies on the disk", parts.disk::tell);
      MemberTask.serve(parts.maps.hazelcast(), parts.desk);
      learnUsages();
    } catch (RuntimeException e) {
      upkeep.close();
      throw e;
    }
  }

  /** Asks the oldest member, so that this one does not evict what all others use. */
  private void learnUsages() {
    Member oldest = parts.maps.hazelcast().getCluster().getMembers().iterator().next();
    if (!oldest.localMember()) {
      parts
          .calls
          .members()
          .ask(oldest, new AskUsages(), USAGES_TIMEOUT_MILLIS)
          .ifPresent(parts.memory.replica()::adopt);
    }
  }

  /** Of a request that this node answered. */
  Optional<Explanation> explanation(String requestId) {
    return parts.desk.explanation(requestId);
  }

  /** Whether it can be asked now: a client may have lost its last member. */
  boolean isReached() {
    return !parts.connection.isLost();
  }

  @Override
  GridStore store() {
    return parts.store;
  }

  /** What administrators see and do. */
  public GridAdmin admin() {
    return parts.admin;
  }

  /** How blocks leave because an administrator says so. */
  public BranchRemoval branches() {
    return parts.branches;
  }

  /** What nodes tell each other of prefixes that they compute. */
  public FlightBoard flights() {
    return parts.flights;
  }

  /**
   * Opens this node's disk to all nodes, and keeps there what a member evicts; once, at start.
   *
   * @param local its blocks; the caller's to close
   */
  public void share(BlockTier local) {
    parts.disk.share(local);
  }

  /** The disks of all nodes: reads from any, writes to this one's. */
  public BlockTier disk() {
    return parts.disk;
  }

  /** The pinned blocks, a copy. */
  public Set<BlockHash> pins() {
    return parts.memory.replica().pins();
  }

  /** Keeps settings and pins beyond the life of all members. */
  MetaKeeper keeper() {
    return parts.keeper;
  }

  /** Tenants and keys, as all nodes share them. */
  public SharedRecords records() {
    return parts.records;
  }

  /** How nodes tell each other of audit events. */
  public AuditFeed auditFeed() {
    return parts.auditFeed;
  }

  /** Runs an action whenever the grid was cleared, by whichever node. */
  public void onClear(Runnable action) {
    parts.desk.onClear(action);
  }

  /**
   * Runs an action whenever a tenant's blocks are dropped, by whichever node.
   *
   * @param action gets the tenant, drops what the engine's pool has of it, and says how many blocks
   *     these were
   */
  public void onDrop(ToIntFunction<String> action) {
    parts.desk.onDrop(action);
  }

  /** Says where this node's requests are found by their ids, when any node asks for one. */
  public void explainFrom(Function<String, Optional<RequestSummary>> source) {
    parts.desk.explainFrom(source);
  }

  /**
   * Tells the other members what this node's engine pool has, from now on.
   *
   * @param view of a prefix, by the names of its blocks; null if it cannot be told
   */
  public void showPool(Function<List<BlockHash>, @Nullable PoolView> view) {
    parts.desk.showPool(view);
  }

  /** Tells the other nodes how busy this one is, from now on. */
  public void showLoad(Supplier<Load> load) {
    parts.desk.showLoad(load);
  }

  /** The engine pools of the other members. */
  public PoolCensus pools() {
    return parts.pools;
  }

  /** Tells how old blocks get, from now on. */
  public void observeAges(BlockAges ages) {
    parts.memory.replica().observe(ages);
  }

  /** Leaves the cluster; its blocks stay with the others. */
  @Override
  public void close() {
    parts.connection.leave();
    upkeep.close();
    parts.maps.hazelcast().shutdown();
  }

  /** Dies without goodbye. */
  void kill() {
    parts.connection.leave();
    upkeep.close();
    parts.maps.hazelcast().getLifecycleService().terminate();
  }

  /** The member itself, for tests that split the cluster. */
  HazelcastInstance hazelcast() {
    return parts.maps.hazelcast();
  }

  /** Whether this member owns the block's partition now. */
  boolean owns(BlockHash hash) {
    return parts.fetch.isOwn(hash);
  }

  /** Members of the cluster, this one included. */
  int memberCount() {
    return parts.admin.memberCount();
  }

  /** The map of payloads, for tests that go behind the index's back. */
  IMap<BlockHash, byte[]> payloads() {
    return parts.maps.blocks();
  }

  /** Tells of uses now, for tests that do not wait for the next second. */
  void flushTouches() {
    parts.store.flushTouches();
  }

  /** Evicts now, for tests that do not wait for the next round. */
  void evictNow() {
    parts.housekeeping.keepRoom();
  }

  /** Drops this member's copy of a block, for measurements. */
  void forgetNear(BlockHash hash) {
    parts.memory.near().forget(hash);
  }

  /** The replica, for tests that let it miss events. */
  IndexReplica replica() {
    return parts.memory.replica();
  }

  /** The disks, for tests that let them miss news. */
  SharedDisk sharedDisk() {
    return parts.disk;
  }
}
