package dev.kvasir.cache.policy;

import dev.kvasir.inference.BlockHash;
import org.jspecify.annotations.Nullable;

/**
 * One block as the tree knows it; never changes.
 *
 * @param hash its name
 * @param parent the block before it; null for the first of its prefix
 * @param depth place in its prefix, from 0
 * @param bytes size
 * @param tenant whose it is
 */
public record TreeBlock(
    BlockHash hash, @Nullable BlockHash parent, int depth, int bytes, String tenant) {}
