package dev.kvasir.cache;

import dev.kvasir.inference.BlockHash;
import org.jspecify.annotations.Nullable;

/**
 * One cached block, as an administrator sees it.
 *
 * @param hash its name
 * @param parent the block before it in its prefix; null for the first
 * @param depth place in its prefix, from 0
 * @param bytes size
 * @param tenant whose it is
 * @param owner name of the node whose partition holds it
 * @param hits times that it was taken, all nodes, as last heard
 * @param ageSeconds since it was stored
 * @param idleSeconds since it was last taken or published
 * @param cachedChildren blocks that continue it
 * @param pinned whether it is kept from eviction
 */
public record BlockInfo(
    BlockHash hash,
    @Nullable BlockHash parent,
    int depth,
    int bytes,
    String tenant,
    String owner,
    long hits,
    double ageSeconds,
    double idleSeconds,
    int cachedChildren,
    boolean pinned) {}
