package dev.kvasir.cache.grid;

import dev.kvasir.cache.Explanation;
import dev.kvasir.cache.NodeReport;
import dev.kvasir.cache.NodeReport.Load;
import dev.kvasir.cache.RequestSummary;
import dev.kvasir.cache.route.PoolView;
import dev.kvasir.inference.BlockHash;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Where this node does what others ask of it, each by its {@link MemberTask}. Safe for all threads.
 */
final class NodeDesk {
  private static final int MAX_USAGES = 100_000;

  private final GridMaps maps;
  private final NodeMemory memory;
  private final SharedDisk disk;
  private final TenantQuotas quotas;
  private final Clients clients;
  private final Set<String> droppedTenants = ConcurrentHashMap.newKeySet();
  private final List<Runnable> clearListeners = new CopyOnWriteArrayList<>();
  private final List<ToIntFunction<String>> dropListeners = new CopyOnWriteArrayList<>();
  private volatile Function<String, Optional<RequestSummary>> requests = id -> Optional.empty();
  private volatile Function<List<BlockHash>, @Nullable PoolView> pool = hashes -> null;
  private volatile Supplier<? extends @Nullable Load> load = () -> null;

  NodeDesk(GridMaps maps, NodeMemory memory, Services services) {
    this.maps = maps;
    this.memory = memory;
    disk = services.disk();
    quotas = services.quotas();
    clients = services.clients();
  }

  /**
   * What else is asked for here.
   *
   * @param disk of this node
   * @param quotas of tenants in this member's partitions
   * @param clients of this member
   */
  record Services(SharedDisk disk, TenantQuotas quotas, Clients clients) {}

  /** See {@link Grid#onClear}. */
  void onClear(Runnable action) {
    clearListeners.add(action);
  }

  /** See {@link Grid#onDrop}. */
  void onDrop(ToIntFunction<String> action) {
    dropListeners.add(action);
  }

  /** See {@link Grid#explainFrom}. */
  void explainFrom(Function<String, Optional<RequestSummary>> source) {
    requests = source;
  }

  /** See {@link Grid#showPool}. */
  void showPool(Function<List<BlockHash>, @Nullable PoolView> view) {
    pool = view;
  }

  /** See {@link Grid#showLoad}. */
  void showLoad(Supplier<Load> source) {
    load = source;
  }

  /** What this node says of its engine's pool, if it does. */
  Optional<PoolView> poolView(List<BlockHash> hashes) {
    return Optional.ofNullable(pool.apply(hashes));
  }

  /** What tenants may have in this member's partitions. */
  TenantQuotas quotas() {
    return quotas;
  }

  SharedDisk disk() {
    return disk;
  }

  Clients clients() {
    return clients;
  }

  /** Of a request that this node answered. */
  Optional<Explanation> explanation(String requestId) {
    return requests.apply(requestId).map(found -> new Explanation(found, memory.absent().memory()));
  }

  Usages usages() {
    return memory.replica().usages(MAX_USAGES);
  }

  MemberNumbers numbers() {
    NodeReport report = NodeReport.here(memory.near().size(), load.get());
    return clients.isOne()
        ? MemberNumbers.ofClient(report)
        : MemberNumbers.of(
            maps.blocks().getLocalMapStats(), maps.partitions().isLocalMemberSafe(), report);
  }

  /** Before a tenant's blocks leave the grid. */
  DroppedHere forgetTenant(String tenant) {
    DroppedHere dropped =
        new DroppedHere(
            memory.near().forgetAll(memory.replica().hashesOf(tenant)),
            dropFromPool(tenant),
            disk.clear(tenant::equals));
    droppedTenants.add(tenant);
    return dropped;
  }

  /** The same, unless this node has done it before: it may have been away when others did. */
  void forgetTenantOnce(String tenant) {
    if (!droppedTenants.contains(tenant)) {
      DroppedHere unused = forgetTenant(tenant);
    }
  }

  /** After some of a tenant's blocks left the grid. */
  DroppedHere forgetBlocks(String tenant, List<BlockHash> hashes) {
    return new DroppedHere(
        memory.near().forgetAll(hashes), dropFromPool(tenant), disk.removeAllHere(hashes));
  }

  private int dropFromPool(String tenant) {
    return dropListeners.stream().mapToInt(action -> action.applyAsInt(tenant)).sum();
  }

  /** After everything was cleared. */
  void forgetAll() {
    memory.clear();
    disk.forgetAll();
    clearListeners.forEach(Runnable::run);
  }
}
