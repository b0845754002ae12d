package dev.kvasir.cache;

import dev.kvasir.completion.CacheReport;
import dev.kvasir.inference.BlockFault;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.KvBlock;
import java.util.List;

/**
 * One cache of K/V blocks for all users and nodes. Safe for all threads; none of its troubles is an
 * error.
 */
public interface PrefixCache {
  /**
   * Finds the longest cached prefix and fetches its bytes: engine pool, near cache, partition
   * owners, in one concurrent round that ends at the deadline. Counts nothing as a hit: see {@link
   * #record}.
   */
  Lookup longestPrefix(Prefix prefix);

  /**
   * Likewise, for a request that is served approximately behind that: shadow policies do not hear
   * of it.
   */
  Lookup peek(Prefix prefix);

  /**
   * The bytes of blocks of one chain, from wherever they are, not yet checked; marked as used.
   *
   * @return the leading ones that could be had
   */
  List<KvBlock> blocks(List<BlockHash> names);

  /** How many leading blocks of a prefix this node's engine pool has now. */
  int poolBlocks(Prefix prefix);

  /** How many leading blocks pool or grid have, as far as this node knows: no remote call. */
  int knownBlocks(Prefix prefix);

  /**
   * Offers the blocks of a prefilled prompt to the grid, parents before children. Returns at once;
   * bounded, and dropped (counted) when too much waits.
   */
  void publish(Prefix prefix);

  /**
   * Takes a fetched block that failed its checks out of the grid: counted, logged at most once a
   * minute.
   */
  void discard(BlockHash hash, BlockFault fault);

  /**
   * Counts what became of a request whose prefix was looked up.
   *
   * @param firstTokenMillis from the request's arrival to its first token
   */
  void record(Prefix prefix, CacheReport report, double firstTokenMillis);

  /** Counters and sizes of this node. */
  CacheStats stats();
}
