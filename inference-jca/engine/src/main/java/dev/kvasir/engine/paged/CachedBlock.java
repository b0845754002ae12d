package dev.kvasir.engine.paged;

import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.TokenIds;

/**
 * What a block with a hash holds.
 *
 * @param hash its content name
 * @param blockIndex its place in the prefix, from 0
 * @param tokens its tokens, to compare: a hash match is a claim
 */
public record CachedBlock(BlockHash hash, int blockIndex, TokenIds tokens) {}
