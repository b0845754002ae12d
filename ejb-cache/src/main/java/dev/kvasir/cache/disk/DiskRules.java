package dev.kvasir.cache.disk;

import dev.kvasir.cache.EvictionKind;
import dev.kvasir.inference.BlockHash;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What may lie on the disk.
 *
 * @param budgetBytes that all files together may take, at least 1
 * @param eviction who leaves first, leaves of the prefix tree before all others
 * @param pins blocks that are kept from eviction, as they are now: a copy
 */
public record DiskRules(long budgetBytes, EvictionKind eviction, Supplier<Set<BlockHash>> pins) {}
