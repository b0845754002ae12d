package dev.kvasir.cache.disk;

import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.Lifetime;
import dev.kvasir.inference.BlockHash;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What may lie on the disk.
 *
 * @param budgetBytes that all files together may take, at least 1
 * @param eviction who leaves first, leaves of the prefix tree before all others
 * @param lifetimeOf a tenant's blocks, as settings have it now
 * @param pins blocks that are kept from eviction, as they are now: a copy
 */
public record DiskRules(
    long budgetBytes,
    EvictionKind eviction,
    Function<String, Lifetime> lifetimeOf,
    Supplier<Set<BlockHash>> pins) {
  /** Of blocks that may stay as long as there is room. */
  public DiskRules(long budgetBytes, EvictionKind eviction, Supplier<Set<BlockHash>> pins) {
    this(budgetBytes, eviction, tenant -> Lifetime.UNBOUNDED, pins);
  }
}
