package dev.kvasir.cache.policy;

import dev.kvasir.cache.TunedPolicy;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The tenants of a tree, and which of them gives next.
 *
 * <p>A block is whose who computed it, in a sharing group, too, where others' blocks may continue
 * it. Each tenant has a policy of its own, and whoever has most gives first: under pressure all
 * come to have as much as each other, but for those who want less. What one asks for once pushes
 * nobody's blocks out who has less; while there is room, anybody may have all of it. A policy is
 * told its tenant's part of the room.
 */
final class TenantShares {
  private static final int MAX_EMPTY_TENANTS = 64;

  private final Map<String, TenantBlocks> tenants = new HashMap<>();
  private final RecomputeCost cost;
  private TunedPolicy tuned;
  private int capacity;
  private int size;
  private long bytes;

  /**
   * @param tuned the policy in force
   * @param cost of blocks, for policies that ask for it
   */
  TenantShares(TunedPolicy tuned, RecomputeCost cost) {
    this.tuned = tuned;
    this.cost = cost;
  }

  /** A tenant, who may be new. */
  TenantBlocks of(String name) {
    return tenants.computeIfAbsent(name, this::newTenant);
  }

  /** Bytes of all blocks. */
  long bytes() {
    return bytes;
  }

  /** Bytes of a tenant's blocks. */
  long bytes(String name) {
    TenantBlocks blocks = tenants.get(name);
    return blocks == null ? 0 : blocks.bytes;
  }

  /** Bytes of each tenant that has blocks, a copy. */
  Map<String, Long> bytesByTenant() {
    return tenants.values().stream()
        .filter(tenant -> tenant.size > 0)
        .collect(Collectors.toMap(tenant -> tenant.name, tenant -> tenant.bytes));
  }

  /** Counts a block that came. */
  void added(Node node) {
    count(node.tenant, 1, node.block.bytes());
  }

  /** Counts a block that went. */
  void dropped(Node node) {
    count(node.tenant, -1, -node.block.bytes());
  }

  private void count(TenantBlocks tenant, int blocks, long blockBytes) {
    size += blocks;
    tenant.size += blocks;
    bytes += blockBytes;
    tenant.bytes += blockBytes;
  }

  /** With many tenants, those without blocks are not remembered; nor what was learned of them. */
  void forgetIfEmpty(TenantBlocks tenant) {
    if (tenant.size == 0 && tenants.size() > MAX_EMPTY_TENANTS) {
      tenants.remove(tenant.name);
    }
  }

  /** Nobody has anything. */
  void clear() {
    tenants.clear();
    size = 0;
    bytes = 0;
  }

  /** Gives each a new policy, which knows of no block; false, and none, if it is in force. */
  boolean switchTo(TunedPolicy wanted) {
    if (wanted.equals(tuned)) {
      return false;
    }
    tuned = wanted;
    tenants.values().forEach(tenant -> tenant.policy = newPolicy(tenant));
    return true;
  }

  /** How many blocks there is room for; 0 for as many as there are. */
  void setCapacity(int blocks) {
    capacity = blocks;
  }

  /** Who leaves next: of the tenant that has most and has somebody who may; null if none has. */
  @Nullable Node victim() {
    if (tenants.size() == 1) {
      return tenants.values().iterator().next().policy.victim();
    }
    TenantBlocks most = null;
    for (TenantBlocks tenant : tenants.values()) {
      if (most == null || TenantBlocks.MOST_FIRST.compare(tenant, most) < 0) {
        most = tenant;
      }
    }
    Node victim = most == null ? null : most.policy.victim();
    return victim == null ? victimOfAnother(most) : victim;
  }

  private @Nullable Node victimOfAnother(@Nullable TenantBlocks most) {
    return tenants.values().stream()
        .filter(tenant -> tenant != most)
        .sorted(TenantBlocks.MOST_FIRST)
        .map(tenant -> Optional.ofNullable(tenant.policy.victim()))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(null);
  }

  private TenantBlocks newTenant(String name) {
    TenantBlocks tenant = new TenantBlocks(name);
    tenant.policy = newPolicy(tenant);
    return tenant;
  }

  private EvictionPolicy newPolicy(TenantBlocks tenant) {
    return EvictionPolicies.of(tuned, () -> capacity(tenant), cost);
  }

  /** A tenant's part of the room: as much of it as its blocks are of all. */
  private int capacity(TenantBlocks tenant) {
    if (capacity == 0 || tenant.size == size) {
      return capacity > 0 ? capacity : size;
    }
    return (int) Math.max(1, (double) capacity * tenant.size / size);
  }
}
