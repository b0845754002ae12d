package dev.kvasir.cache.grid;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import dev.kvasir.cache.BlockAges;
import dev.kvasir.cache.BlockTier;
import dev.kvasir.cache.RequestSummary;
import dev.kvasir.cache.SettingsVersion;
import dev.kvasir.cache.Ticker;
import dev.kvasir.cache.audit.AuditFeed;
import dev.kvasir.cache.flight.FlightBoard;
import dev.kvasir.cache.route.PoolCensus;
import dev.kvasir.cache.route.PoolView;
import dev.kvasir.cache.tenants.SharedRecords;
import dev.kvasir.inference.BlockHash;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** One member of the grid, from start to close: the block store of its node. */
public final class Grid extends StoreFront implements AutoCloseable {
  private static final Duration EXPIRE_EVERY = Duration.ofMillis(500);
  private static final Duration TELL_EVERY = Duration.ofSeconds(1);
  private static final int USAGES_TIMEOUT_MILLIS = 2_000;

  private final GridMaps maps;
  private final NodeMemory memory;
  private final BlockFetch fetch;
  private final SharedDisk disk;
  private final Housekeeping housekeeping;
  private final GridStore store;
  private final NodeDesk desk;
  private final FlightTable flights;
  private final GridAdmin admin;
  private final PoolCensus pools;
  private final BranchRemoval branches;
  private final GridRecords records;
  private final GridAuditFeed auditFeed;
  private final Upkeep upkeep;
  private final GridWatch watch;

  private Grid(GridConfig config, HazelcastInstance hazelcast, ScheduledExecutorService scheduler) {
    maps = GridMaps.of(hazelcast);
    memory = NodeMemory.of(config, maps);
    SharedMeta meta = join(config);
    fetch = new BlockFetch(maps.blocks(), maps.partitions(), memory.near(), scheduler);
    disk = new SharedDisk(hazelcast, new PayloadReader(maps.blocks(), memory.near()));
    housekeeping =
        new Housekeeping(
            maps,
            memory,
            meta,
            new Evictor.Rules(fetch::isOwn, () -> meta.settings().room(), disk::demote));
    store =
        new GridStore(
            maps,
            memory,
            fetch,
            new WriteGate(memory.replica(), meta::settings, housekeeping::isFull));
    desk =
        new NodeDesk(
            maps,
            memory,
            disk,
            new TenantQuotas(memory.replica(), meta::settings, Ticker.system()));
    flights = new FlightTable(hazelcast, memory.replica());
    admin = new GridAdmin(hazelcast, memory.replica(), memory.near(), meta);
    pools = new MemberPools(hazelcast);
    branches = new BranchRemoval(maps, memory.replica(), disk::demote);
    records =
        new GridRecords(
            hazelcast.getMap(HazelcastSettings.TENANTS),
            new TenantBlocks(hazelcast, memory.replica(), meta));
    auditFeed = new GridAuditFeed(hazelcast.getTopic(HazelcastSettings.AUDIT));
    upkeep = new Upkeep(scheduler);
    watch =
        new GridWatch(maps, memory, new GridWatch.Parts(meta, housekeeping, flights, disk), upkeep);
  }

  private SharedMeta join(GridConfig config) {
    return new SharedMeta(
        maps.hazelcast().getMap(HazelcastSettings.META),
        memory.replica(),
        new SettingsVersion.Change(
            "configuration of node " + config.node(),
            Instant.ofEpochMilli(maps.clusterMillis()),
            0),
        config.settings());
  }

  /**
   * Starts a member and joins the cluster.
   *
   * @param scheduler for all periodic work and answers; the caller's to stop, after {@link #close}
   * @throws GridException if the port is taken, or members that can be reached refuse this one
   */
  public static Grid start(GridConfig config, ScheduledExecutorService scheduler) {
    HazelcastInstance hazelcast = HazelcastStart.start(config);
    try {
      Grid grid = new Grid(config, hazelcast, scheduler);
      grid.begin(config);
      return grid;
    } catch (RuntimeException e) {
      hazelcast.getLifecycleService().terminate();
      throw new GridException("the grid started, but could not be used: " + e.getMessage(), e);
    }
  }

  /** What needs the finished grid. */
  private void begin(GridConfig config) {
    try {
      watch.begin(config.reconcileEvery());
      housekeeping.begin(upkeep);
      upkeep.every(TELL_EVERY, "telling of used blocks", store::flushTouches);
      upkeep.every(FlightTable.RENEW_EVERY, "telling of what is computed", flights::renew);
      upkeep.every(EXPIRE_EVERY, "expiry on the disk", disk::expire);
      upkeep.every(TELL_EVERY, "telling what lies on the disk", disk::tell);
      MemberTask.serve(maps.hazelcast(), desk);
      learnUsages();
    } catch (RuntimeException e) {
      upkeep.close();
      throw e;
    }
  }

  /** Asks the oldest member, so that this one does not evict what all others use. */
  private void learnUsages() {
    HazelcastInstance hazelcast = maps.hazelcast();
    Member oldest = hazelcast.getCluster().getMembers().iterator().next();
    if (!oldest.localMember()) {
      new MemberCalls(hazelcast.getExecutorService(HazelcastSettings.MEMBER_CALLS))
          .ask(oldest, new AskUsages(), USAGES_TIMEOUT_MILLIS)
          .ifPresent(memory.replica()::adopt);
    }
  }

  @Override
  GridStore store() {
    return store;
  }

  /** What administrators see and do. */
  public GridAdmin admin() {
    return admin;
  }

  /** How blocks leave because an administrator says so. */
  public BranchRemoval branches() {
    return branches;
  }

  /** What members tell each other of prefixes that they compute. */
  public FlightBoard flights() {
    return flights;
  }

  /**
   * Opens this member's disk to all members, and keeps there what the grid evicts; once, at start.
   *
   * @param local its blocks; the caller's to close
   */
  public void share(BlockTier local) {
    disk.share(local);
  }

  /** The disks of all members: reads from any, writes to this one's. */
  public BlockTier disk() {
    return disk;
  }

  /** The pinned blocks, a copy. */
  public Set<BlockHash> pins() {
    return memory.replica().pins();
  }

  /** Tenants and keys, as all members share them. */
  public SharedRecords records() {
    return records;
  }

  /** How members tell each other of audit events. */
  public AuditFeed auditFeed() {
    return auditFeed;
  }

  /** Runs an action whenever the grid was cleared, by whichever member. */
  public void onClear(Runnable action) {
    desk.onClear(action);
  }

  /**
   * Runs an action whenever a tenant's blocks are dropped, by whichever member.
   *
   * @param action gets the tenant, drops what the engine's pool has of it, and says how many blocks
   *     these were
   */
  public void onDrop(ToIntFunction<String> action) {
    desk.onDrop(action);
  }

  /** Says where this node's requests are found by their ids, when any node asks for one. */
  public void explainFrom(Function<String, Optional<RequestSummary>> source) {
    desk.explainFrom(source);
  }

  /**
   * Tells the other members what this node's engine pool has, from now on.
   *
   * @param view of a prefix, by the names of its blocks; null if it cannot be told
   */
  public void showPool(Function<List<BlockHash>, @Nullable PoolView> view) {
    desk.showPool(view);
  }

  /** The engine pools of the other members. */
  public PoolCensus pools() {
    return pools;
  }

  /** Tells how old blocks get, from now on. */
  public void observeAges(BlockAges ages) {
    memory.replica().observe(ages);
  }

  /** Leaves the cluster; its blocks stay with the others. */
  @Override
  public void close() {
    upkeep.close();
    maps.hazelcast().shutdown();
  }

  /** Dies without goodbye. */
  void kill() {
    upkeep.close();
    maps.hazelcast().getLifecycleService().terminate();
  }

  /** The member itself, for tests that split the cluster. */
  HazelcastInstance hazelcast() {
    return maps.hazelcast();
  }

  /** Whether this member owns the block's partition now. */
  boolean owns(BlockHash hash) {
    return fetch.isOwn(hash);
  }

  /** Members of the cluster, this one included. */
  int memberCount() {
    return admin.memberCount();
  }

  /** The map of payloads, for tests that go behind the index's back. */
  IMap<BlockHash, byte[]> payloads() {
    return maps.blocks();
  }

  /** Tells of uses now, for tests that do not wait for the next second. */
  void flushTouches() {
    store.flushTouches();
  }

  /** Evicts now, for tests that do not wait for the next round. */
  void evictNow() {
    housekeeping.evictExcess();
  }

  /** Drops this member's copy of a block, for measurements. */
  void forgetNear(BlockHash hash) {
    memory.near().forget(hash);
  }

  /** The replica, for tests that let it miss events. */
  IndexReplica replica() {
    return memory.replica();
  }

  /** The disks, for tests that let them miss news. */
  SharedDisk sharedDisk() {
    return disk;
  }
}
