package dev.kvasir.cache.grid;

import dev.kvasir.cache.Explanation;
import dev.kvasir.cache.RequestSummary;
import dev.kvasir.cache.route.PoolView;
import dev.kvasir.inference.BlockHash;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
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
  private final List<Runnable> clearListeners = new CopyOnWriteArrayList<>();
  private final List<ToIntFunction<String>> dropListeners = new CopyOnWriteArrayList<>();
  private volatile Function<String, Optional<RequestSummary>> requests = id -> Optional.empty();
  private volatile Function<List<BlockHash>, @Nullable PoolView> pool = hashes -> null;

  NodeDesk(GridMaps maps, NodeMemory memory, SharedDisk disk, TenantQuotas quotas) {
    this.maps = maps;
    this.memory = memory;
    this.disk = disk;
    this.quotas = quotas;
  }

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

  /** Of a request that this node answered. */
  Optional<Explanation> explanation(String requestId) {
    return requests.apply(requestId).map(found -> new Explanation(found, memory.absent().memory()));
  }

  Usages usages() {
    return memory.replica().usages(MAX_USAGES);
  }

  MemberNumbers numbers() {
    return MemberNumbers.of(
        maps.blocks().getLocalMapStats(), maps.partitions().isLocalMemberSafe());
  }

  /** Before a tenant's blocks leave the grid. */
  DroppedHere forgetTenant(String tenant) {
    return new DroppedHere(
        memory.near().forgetAll(memory.replica().hashesOf(tenant)),
        dropFromPool(tenant),
        disk.clear(tenant::equals));
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
