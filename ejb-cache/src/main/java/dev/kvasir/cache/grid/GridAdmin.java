package dev.kvasir.cache.grid;

import com.hazelcast.cluster.Member;
import dev.kvasir.cache.BlockInfo;
import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.ChangeOutcome;
import dev.kvasir.cache.ClearScope;
import dev.kvasir.cache.ClusterInfo;
import dev.kvasir.cache.Explanation;
import dev.kvasir.cache.SettingsVersion;
import dev.kvasir.cache.policy.BlockUsage;
import dev.kvasir.cache.policy.PrefixTree;
import dev.kvasir.cache.policy.TreeBlock;
import dev.kvasir.inference.BlockHash;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What administrators see of the grid and do to it. Safe for all threads. */
public final class GridAdmin {
  private static final int ASK_TIMEOUT_MILLIS = 1_000;
  private static final int CLEAR_TIMEOUT_MILLIS = 5_000;

  private final GridMaps maps;
  private final IndexReplica replica;
  private final NearTier near;
  private final SharedMeta meta;
  private final NodeCalls nodes;
  private final ClusterView view;

  /**
   * @param node name of this one
   */
  GridAdmin(String node, GridMaps maps, Parts parts) {
    this.maps = maps;
    replica = parts.memory().replica();
    near = parts.memory().near();
    meta = parts.meta();
    nodes = parts.nodes();
    view = new ClusterView(node, maps.hazelcast(), nodes);
  }

  /** What administrators look at and change. */
  record Parts(NodeMemory memory, SharedMeta meta, NodeCalls nodes) {}

  /** The settings in force, as this member last heard. */
  public CacheSettings settings() {
    return meta.settings();
  }

  /** The same, with who set them. */
  public SettingsVersion version() {
    return meta.ledger().now();
  }

  /**
   * What {@link #version} is on the member that holds it.
   *
   * @throws GridException if the grid cannot be reached
   */
  public SettingsVersion latestVersion() {
    return GridException.reaching(() -> meta.latest().now());
  }

  /** The last versions of the settings, the one in force first. */
  public List<SettingsVersion> history() {
    return meta.ledger().history();
  }

  /**
   * Changes the settings of all members, here at once, if those with the tag are in force.
   *
   * @throws GridException if the grid cannot be reached
   */
  public ChangeOutcome change(String who, String tag, CacheSettings settings) {
    return change(who, tag, settings, 0);
  }

  /**
   * Brings back the settings of an earlier version; empty if it is not kept.
   *
   * @throws GridException if the grid cannot be reached
   */
  public Optional<ChangeOutcome> revert(String who, String tag, long version) {
    return meta.ledger().settingsOf(version).map(settings -> change(who, tag, settings, version));
  }

  private ChangeOutcome change(String who, String tag, CacheSettings settings, long revertOf) {
    Instant now = Instant.ofEpochMilli(maps.clusterMillis());
    return GridException.reaching(
        () -> meta.change(tag, new SettingsVersion.Change(who, now, revertOf), settings));
  }

  /** Members of the cluster, this one included, as this one knows: no remote call. */
  public int memberCount() {
    return view.memberCount();
  }

  /** Bytes of the grid's blocks by tenant, without backups, as this member knows. */
  public Map<String, Long> bytesByTenant() {
    return replica.bytesByTenant();
  }

  /** The first of them: {@link #blocks(String, BlockHash, int)}. */
  public List<BlockInfo> blocks(String hashPrefix, int limit) {
    return blocks(hashPrefix, null, limit);
  }

  /**
   * Cached blocks, by hash.
   *
   * @param hashPrefix leading hexadecimal digits of the hash, or empty for all
   * @param after the block that those returned come after; null for the first
   * @param limit most blocks to return
   * @throws GridException if the grid cannot be reached
   */
  public List<BlockInfo> blocks(String hashPrefix, @Nullable BlockHash after, int limit) {
    String digits = hashPrefix.toLowerCase(Locale.ROOT);
    Predicate<BlockHash> filter =
        hash ->
            (after == null || PrefixTree.BY_HASH.compare(hash, after) > 0)
                && (digits.isEmpty() || hash.toString().startsWith(digits));
    return GridException.reaching(
        () -> replica.select(filter, limit).stream().map(this::info).toList());
  }

  /**
   * Empties the near cache of this member, or near caches and grid of all; pins go with the blocks.
   * Whoever is to hear of the latter says so by {@link Grid#onClear}.
   *
   * @return how many blocks left it
   * @throws GridException if the grid cannot be reached
   */
  public long clear(ClearScope scope) {
    return switch (scope) {
      case POOL, DISK -> throw new IllegalArgumentException(scope + " is not the grid's to clear");
      case NEAR -> near.clear();
      case ALL -> GridException.reaching(this::clearAll);
    };
  }

  /** Keeps a block and those before it from eviction; returns how many blocks these are. */
  public int pin(BlockHash hash) {
    List<BlockHash> path = replica.pathTo(hash);
    return GridException.reaching(
        () -> {
          meta.pin(path);
          return path.size();
        });
  }

  /** Lets a block, and those that follow it, be evicted again; returns how many were pinned. */
  public int unpin(BlockHash hash) {
    List<BlockHash> pins =
        replica.pins().stream()
            .filter(pin -> pin.equals(hash) || replica.pathTo(pin).contains(hash))
            .toList();
    return GridException.reaching(
        () -> {
          meta.unpin(pins);
          return pins.size();
        });
  }

  /**
   * The members, oldest first, each with its numbers, those that it gave last, if it is slow; and
   * the clients.
   *
   * @throws GridException if the grid cannot be reached
   */
  public ClusterInfo cluster() {
    return GridException.reaching(() -> view.ask(settings().budgetBytes()));
  }

  /**
   * The explanation of a request that any node answered.
   *
   * @throws GridException if the grid cannot be reached
   */
  public Optional<Explanation> explain(String requestId) {
    return GridException.reaching(
        () ->
            nodes.askAll(new AskExplanation(requestId), ASK_TIMEOUT_MILLIS).stream()
                .map(AskExplanation.Answer::found)
                .filter(Objects::nonNull)
                .max(Comparator.comparingLong(found -> found.request().arrivedEpochMillis())));
  }

  /** Whether a block is in the grid, and a tenant's. */
  public boolean isOf(String tenant, BlockHash hash) {
    return replica.find(hash).filter(usage -> usage.block().tenant().equals(tenant)).isPresent();
  }

  private long clearAll() {
    long blocks = replica.size();
    meta.unpin(replica.pins());
    maps.blocks().clear();
    maps.index().clear();
    List<Boolean> unused = nodes.askAll(new ForgetAll(), CLEAR_TIMEOUT_MILLIS);
    return blocks;
  }

  private BlockInfo info(BlockUsage usage) {
    TreeBlock block = usage.block();
    Member owner = maps.partitions().getPartition(block.hash()).getOwner();
    return new BlockInfo(
        block.hash(),
        block.parent(),
        block.depth(),
        block.bytes(),
        block.tenant(),
        owner == null ? "" : ClusterView.nodeName(owner),
        usage.uses(),
        replica.ageSeconds(usage),
        replica.idleSeconds(usage),
        usage.cachedChildren(),
        usage.pinned());
  }
}
