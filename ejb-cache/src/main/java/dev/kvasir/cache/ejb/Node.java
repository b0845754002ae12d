package dev.kvasir.cache.ejb;

import dev.kvasir.cache.PrefixCache;
import dev.kvasir.cache.grid.Grid;
import dev.kvasir.cache.request.CachedCompletion;
import dev.kvasir.cache.request.PrefixNames;

/**
 * A running node.
 *
 * @param grid its member of the cluster
 * @param names of blocks
 * @param cache over engine pool and grid
 * @param completions that use them
 */
public record Node(Grid grid, PrefixNames names, PrefixCache cache, CachedCompletion completions) {}
