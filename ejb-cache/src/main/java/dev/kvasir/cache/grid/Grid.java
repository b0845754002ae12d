package dev.kvasir.cache.grid;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import com.hazelcast.map.IMap;
import com.hazelcast.partition.PartitionService;
import dev.kvasir.cache.Absence;
import dev.kvasir.cache.BlockAges;
import dev.kvasir.cache.BlockStore;
import dev.kvasir.cache.BlockTier;
import dev.kvasir.cache.Explanation;
import dev.kvasir.cache.GridStats;
import dev.kvasir.cache.Lookup;
import dev.kvasir.cache.RequestSummary;
import dev.kvasir.cache.SettingsVersion;
import dev.kvasir.cache.StoreOutcome;
import dev.kvasir.cache.Ticker;
import dev.kvasir.cache.audit.AuditFeed;
import dev.kvasir.cache.flight.FlightBoard;
import dev.kvasir.cache.policy.PrefixTree;
import dev.kvasir.cache.tenants.SharedRecords;
import dev.kvasir.completion.MissReason;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.KvBlock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** One member of the grid, from start to close: the block store of its node. */
public final class Grid implements BlockStore, AutoCloseable {
  private static final Duration EVICT_EVERY = Duration.ofMillis(50);
  private static final Duration EXPIRE_EVERY = Duration.ofMillis(500);
  private static final Duration FLUSH_EVERY = Duration.ofSeconds(1);

  /** After a change of members: more than one, since a round mends what the last one suspected. */
  private static final List<Duration> RECONCILE_AFTER_CHANGE =
      List.of(Duration.ofMillis(500), Duration.ofMillis(1_500), Duration.ofMillis(3_000));

  private static final long RECONCILE_GAP_NANOS = 300_000_000;
  private static final int MAX_USAGES = 100_000;
  private static final int USAGES_TIMEOUT_MILLIS = 2_000;

  private final HazelcastInstance hazelcast;
  private final IMap<BlockHash, byte[]> blocks;
  private final IndexReplica replica;
  private final NearTier near;
  private final BlockFetch fetch;
  private final BlockWriter writer;
  private final TouchExchange touches;
  private final StatsReader stats;
  private final Reconciler reconciler;
  private final SharedMeta meta;
  private final Evictor evictor;
  private final WriteGate gate;
  private final TenantQuotas quotas;
  private final GridAdmin admin;
  private final FlightTable flights;
  private final GridRecords records;
  private final GridAuditFeed auditFeed;
  private final Upkeep upkeep;
  private final SharedDisk disk;
  private final AbsentNames absent = new AbsentNames(Ticker.system());
  private final List<Runnable> clearListeners = new CopyOnWriteArrayList<>();
  private final List<ToIntFunction<String>> dropListeners = new CopyOnWriteArrayList<>();
  private volatile Function<String, Optional<RequestSummary>> requests = id -> Optional.empty();
  private long lastReconcileNanos = System.nanoTime() - RECONCILE_GAP_NANOS; // guarded by this

  private Grid(GridConfig config, HazelcastInstance hazelcast, ScheduledExecutorService scheduler) {
    this.hazelcast = hazelcast;
    PartitionService partitions = hazelcast.getPartitionService();
    IMap<BlockHash, IndexEntry> index = hazelcast.getMap(HazelcastSettings.INDEX);
    blocks = hazelcast.getMap(HazelcastSettings.BLOCKS);
    LongSupplier clusterMillis = hazelcast.getCluster()::getClusterTime;
    replica =
        new IndexReplica(
            new PrefixTree(config.settings().policy(), config.cost()),
            Ticker.system(),
            clusterMillis);
    near = new NearTier(blocks, config.near().capacity());
    stats = new StatsReader(blocks, replica, near);
    fetch = new BlockFetch(blocks, partitions, near, scheduler);
    writer = new BlockWriter(blocks, index, replica, clusterMillis);
    touches = new TouchExchange(hazelcast.getTopic(HazelcastSettings.TOUCHES), replica);
    meta =
        new SharedMeta(
            hazelcast.getMap(HazelcastSettings.META),
            replica,
            new SettingsVersion.Change(
                "configuration of node " + config.node(),
                Instant.ofEpochMilli(clusterMillis.getAsLong()),
                0),
            config.settings());
    disk = new SharedDisk(hazelcast, new PayloadReader(blocks, near));
    evictor =
        new Evictor(
            blocks,
            index,
            replica,
            new Evictor.Rules(fetch::isOwn, () -> meta.settings().room(), disk::demote));
    quotas = new TenantQuotas(replica, meta::settings, Ticker.system());
    gate = new WriteGate(replica, meta::settings, evictor::isFull);
    admin = new GridAdmin(hazelcast, replica, near, meta);
    auditFeed = new GridAuditFeed(hazelcast.getTopic(HazelcastSettings.AUDIT));
    records =
        new GridRecords(
            hazelcast.getMap(HazelcastSettings.TENANTS),
            new TenantBlocks(hazelcast, replica, meta));
    reconciler =
        new Reconciler(
            blocks,
            index,
            replica,
            new Reconciler.Tally(
                stats.departures(),
                absent,
                stats.reconciled(),
                hash -> partitions.getPartition(hash).getPartitionId()));
    flights = new FlightTable(hazelcast, replica);
    upkeep = new Upkeep(scheduler);
  }

  /** What needs the finished grid. */
  private void begin(GridConfig config) {
    try {
      IMap<BlockHash, IndexEntry> index = hazelcast.getMap(HazelcastSettings.INDEX);
      follow(index);
      flights.follow();
      keepUp(config, index);
      MemberTask.serve(hazelcast, this);
      learnUsages();
    } catch (RuntimeException e) {
      upkeep.close();
      throw e;
    }
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

  /** What administrators see and do. */
  public GridAdmin admin() {
    return admin;
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
    return replica.pins();
  }

  /** Runs an action whenever the grid was cleared, by whichever member. */
  public void onClear(Runnable action) {
    clearListeners.add(action);
  }

  /** Tenants and keys, as all members share them. */
  public SharedRecords records() {
    return records;
  }

  /** How members tell each other of audit events. */
  public AuditFeed auditFeed() {
    return auditFeed;
  }

  /**
   * Runs an action whenever a tenant's blocks are dropped, by whichever member.
   *
   * @param action gets the tenant, drops what the engine's pool has of it, and says how many blocks
   *     these were
   */
  public void onDrop(ToIntFunction<String> action) {
    dropListeners.add(action);
  }

  /** Says where this node's requests are found by their ids, when any node asks for one. */
  public void explainFrom(Function<String, Optional<RequestSummary>> source) {
    requests = source;
  }

  /** Tells how old blocks get, from now on. */
  public void observeAges(BlockAges ages) {
    replica.observe(ages);
  }

  /** Of a request that this node answered. */
  Optional<Explanation> explanation(String requestId) {
    return requests.apply(requestId).map(found -> new Explanation(found, absent.memory()));
  }

  @Override
  public void notAdmitted(List<BlockHash> hashes) {
    hashes.forEach(hash -> absent.remember(hash, MissReason.NOT_ADMITTED));
  }

  @Override
  public Absence absence(BlockHash hash) {
    return absent.of(hash);
  }

  @Override
  public int countLeading(List<BlockHash> hashes) {
    return replica.countLeading(hashes);
  }

  @Override
  public CompletionStage<Lookup.@Nullable Fetched> fetch(BlockHash hash, int deadlineMillis) {
    try {
      return fetch.fetch(hash, deadlineMillis, replica::remove);
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
    near.forget(hash);
    absent.remember(hash, MissReason.CORRUPT);
    writer.discard(hash);
  }

  @Override
  public GridStats stats() {
    return stats.snapshot();
  }

  /** Leaves the cluster; its blocks stay with the others. */
  @Override
  public void close() {
    upkeep.close();
    hazelcast.shutdown();
  }

  /** Dies without goodbye. */
  void kill() {
    upkeep.close();
    hazelcast.getLifecycleService().terminate();
  }

  /** Whether this member owns the block's partition now. */
  boolean owns(BlockHash hash) {
    return fetch.isOwn(hash);
  }

  /** What tenants may have in this member's partitions. */
  TenantQuotas quotas() {
    return quotas;
  }

  /** Members of the cluster, this one included. */
  int memberCount() {
    return hazelcast.getCluster().getMembers().size();
  }

  /** The map of payloads, for tests that go behind the index's back. */
  IMap<BlockHash, byte[]> payloads() {
    return blocks;
  }

  /** Tells of uses now, for tests that do not wait for the next second. */
  void flushTouches() {
    touches.flush();
  }

  /** Evicts now, for tests that do not wait for the next round. */
  void evictNow() {
    evictor.evictExcess();
  }

  /** Drops this member's copy of a block, for measurements. */
  void forgetNear(BlockHash hash) {
    near.forget(hash);
  }

  /** The replica, for tests that let it miss events. */
  IndexReplica replica() {
    return replica;
  }

  Usages usages() {
    return replica.usages(MAX_USAGES);
  }

  MemberNumbers numbers() {
    return MemberNumbers.of(
        blocks.getLocalMapStats(), hazelcast.getPartitionService().isLocalMemberSafe());
  }

  SharedDisk sharedDisk() {
    return disk;
  }

  /** Before a tenant's blocks leave the grid. */
  DroppedHere forgetTenant(String tenant) {
    return new DroppedHere(
        near.forgetAll(replica.hashesOf(tenant)),
        dropListeners.stream().mapToInt(action -> action.applyAsInt(tenant)).sum(),
        disk.clear(tenant::equals));
  }

  /** After everything was cleared. */
  void forgetAll() {
    replica.hashes().forEach(absent::removed);
    stats.departures().count(Departures.Cause.REMOVED, replica.clear());
    near.clear();
    disk.forgetAll();
    clearListeners.forEach(Runnable::run);
  }

  /** Events first, then what was there before: nothing falls between. */
  private void follow(IMap<BlockHash, IndexEntry> index) {
    index.addEntryListener(
        new IndexListener(replica, stats.departures(), absent, () -> meta.settings().eviction()),
        true);
    blocks.addPartitionLostListener(event -> reconciler.partitionLost(event.getPartitionId()));
    index.entrySet().forEach(entry -> replica.add(entry.getKey(), entry.getValue()));
    hazelcast
        .getLifecycleService()
        .addLifecycleListener(
            event -> {
              if (event.getState() == LifecycleState.MERGED) {
                reconcileSoon();
              }
            });
    hazelcast
        .getCluster()
        .addMembershipListener(
            new MembershipListener() {
              @Override
              public void memberAdded(MembershipEvent event) {
                reconcileSoon();
              }

              @Override
              public void memberRemoved(MembershipEvent event) {
                flights.left(event.getMember().getUuid());
                reconcileSoon();
              }
            });
  }

  /** Asks the oldest member, so that this one does not evict what all others use. */
  private void learnUsages() {
    Member oldest = hazelcast.getCluster().getMembers().iterator().next();
    if (!oldest.localMember()) {
      new MemberCalls(hazelcast.getExecutorService(HazelcastSettings.MEMBER_CALLS))
          .ask(oldest, new AskUsages(), USAGES_TIMEOUT_MILLIS)
          .ifPresent(replica::adopt);
    }
  }

  private void keepUp(GridConfig config, IMap<BlockHash, IndexEntry> index) {
    Expiry expiry =
        new Expiry(
            blocks, index, replica, fetch::isOwn, tenant -> meta.settings().lifetimeOf(tenant));
    upkeep.every(EVICT_EVERY, "eviction", evictor::evictExcess);
    upkeep.every(EXPIRE_EVERY, "expiry", expiry::sweep);
    upkeep.every(FLUSH_EVERY, "telling of used blocks", touches::flush);
    upkeep.every(FlightTable.RENEW_EVERY, "telling of what is computed", flights::renew);
    upkeep.every(EXPIRE_EVERY, "expiry on the disk", disk::expire);
    upkeep.every(FLUSH_EVERY, "telling what lies on the disk", disk::tell);
    upkeep.every(config.reconcileEvery(), "reconciliation", this::reconcile);
  }

  private void reconcileSoon() {
    RECONCILE_AFTER_CHANGE.forEach(delay -> upkeep.soon(delay, "reconciliation", this::reconcile));
  }

  /** One round, unless the last one is so short ago that it would confirm what is under way. */
  private synchronized void reconcile() {
    long now = System.nanoTime();
    if (now - lastReconcileNanos >= RECONCILE_GAP_NANOS) {
      meta.refresh();
      reconciler.reconcile();
      disk.reconcile();
      lastReconcileNanos = System.nanoTime();
    }
  }
}
