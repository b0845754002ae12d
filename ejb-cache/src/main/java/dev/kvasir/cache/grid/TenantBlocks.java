package dev.kvasir.cache.grid;

import dev.kvasir.cache.tenants.Removal.Dropped;
import dev.kvasir.inference.BlockHash;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** The way to all blocks of one tenant. */
final class TenantBlocks {
  private static final int ASK_TIMEOUT_MILLIS = 5_000;
  private static final int DELETE_TIMEOUT_MILLIS = 10_000;

  /** Deletions on their way at a time. */
  private static final int BATCH = 1_000;

  private final GridMaps maps;
  private final IndexReplica replica;
  private final SharedMeta meta;
  private final NodeCalls nodes;

  TenantBlocks(GridMaps maps, IndexReplica replica, SharedMeta meta, NodeCalls nodes) {
    this.maps = maps;
    this.replica = replica;
    this.meta = meta;
    this.nodes = nodes;
  }

  /** Whether this member knows of any. */
  boolean isLeft(String tenant) {
    return !replica.hashesOf(tenant).isEmpty();
  }

  /** Takes them out of all tiers, pinned ones too; says how many these were. */
  Dropped drop(String tenant) {
    Dropped first = forgetCopies(tenant);
    Set<BlockHash> gone = replica.hashesOf(tenant);
    unpin(gone);
    List<BlockHash> hashes = List.copyOf(gone);
    for (int start = 0; start < hashes.size(); start += BATCH) {
      delete(hashes.subList(start, Math.min(hashes.size(), start + BATCH)));
    }
    Dropped fromGrid = first.plus(new Dropped(hashes.size(), 0, 0, 0));
    // once more, for what the grid evicted to a disk meanwhile
    return hashes.isEmpty() ? fromGrid : fromGrid.plus(forgetCopies(tenant));
  }

  private Dropped forgetCopies(String tenant) {
    return nodes.askAll(new ForgetTenant(tenant), ASK_TIMEOUT_MILLIS).stream()
        .map(here -> new Dropped(0, here.near(), here.pool(), here.disk()))
        .reduce(Dropped.NONE, Dropped::plus);
  }

  private void unpin(Set<BlockHash> hashes) {
    Set<BlockHash> pins = new HashSet<>(replica.pins());
    pins.retainAll(hashes);
    meta.unpin(pins);
  }

  /** The payload first: while the entry stands, no other member stores the block anew. */
  private void delete(Collection<BlockHash> hashes) {
    hashes.forEach(replica::leave);
    try {
      List<CompletionStage<Boolean>> deletions = new ArrayList<>();
      for (BlockHash hash : hashes) {
        deletions.add(
            maps.blocks().deleteAsync(hash).thenCompose(nothing -> maps.index().deleteAsync(hash)));
      }
      deletions.forEach(
          deletion -> {
            boolean unused =
                Bounded.get(deletion, DELETE_TIMEOUT_MILLIS, "deleting a tenant's blocks");
          });
    } finally {
      hashes.forEach(replica::left);
    }
  }
}
