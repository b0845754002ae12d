package dev.kvasir.cache.policy;

/**
 * Snapshot of a block and of what decides when it leaves.
 *
 * @param block which
 * @param uses times that it was taken
 * @param storedNanos reading of the ticker when it was stored
 * @param lastUseNanos reading of the ticker when it was added or last taken
 * @param cachedChildren blocks in the tree that continue it
 * @param pinned whether it is kept from eviction
 */
public record BlockUsage(
    TreeBlock block,
    long uses,
    long storedNanos,
    long lastUseNanos,
    int cachedChildren,
    boolean pinned) {}
