package dev.kvasir.cache.tiered;

import dev.kvasir.cache.BlockStore;
import dev.kvasir.cache.BlockTier;
import dev.kvasir.cache.CacheSettings;
import dev.kvasir.inference.Model;
import java.util.function.Supplier;

/**
 * Where blocks are, nearest first, and the rules in force.
 *
 * @param model whose engine holds the block pool; asked for each time, as the adapter may restart
 * @param store shared by all nodes
 * @param reader of the store's blocks
 * @param disk behind the store
 * @param settings in force
 */
public record Tiers(
    Supplier<Model> model,
    BlockStore store,
    BlockReader reader,
    BlockTier disk,
    Supplier<CacheSettings> settings) {}
