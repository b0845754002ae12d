package dev.kvasir.inference;

/**
 * Snapshot of an engine's block pool. Counters start at 0 with the engine and only grow.
 *
 * @param capacityBlocks blocks that exist
 * @param usedBlocks blocks held by sequences (ref count above 0)
 * @param cachedBlocks blocks that have a hash and can be found by it, used or not
 * @param evictedBlocks times that a hashed block without holder was given to other tokens
 * @param blockBytes bytes of K/V of one block
 */
public record BlockPoolStats(
    int capacityBlocks, int usedBlocks, int cachedBlocks, long evictedBlocks, int blockBytes) {}
