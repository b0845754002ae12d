package dev.kvasir.cache;

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
   * Offers the blocks of a prefilled prompt to the grid, parents before children. Returns at once;
   * bounded, and dropped (counted) when too much waits.
   */
  void publish(Prefix prefix);

  /** Counts what became of a request. */
  void record(Prefix prefix, dev.kvasir.completion.CacheReport report);

  /** Counters and sizes of this node. */
  CacheStats stats();
}
