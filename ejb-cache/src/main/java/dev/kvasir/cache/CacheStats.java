package dev.kvasir.cache;

import dev.kvasir.inference.BlockPoolStats;
import java.util.Map;

/**
 * Snapshot of this node's counters and sizes. Counters start at 0 with the node and only grow; with
 * no request all are 0.
 *
 * @param node name of the node
 * @param requests completions that looked a prefix up
 * @param hitRequests of these, those that took at least one block
 * @param promptTokens tokens of all their prompts
 * @param tokensBySource tokens taken, by source; the rest was computed
 * @param computedTokens tokens computed
 * @param missReasons requests by reason why not more came from the cache
 * @param publishedBlocks blocks put into the grid
 * @param publishSkipped blocks that were there already
 * @param publishDropped blocks not offered, because too much waited or the pool had given them away
 * @param publishFailed blocks that the grid refused
 * @param publishQueued blocks that wait now
 * @param evictions blocks that left the grid, as this node heard, by cause: {@code policy}, {@code
 *     removed}, {@code expired}, {@code lost}
 * @param reconciled index entries mended because their event never came
 * @param gridBlocks blocks in the grid, all members
 * @param gridBytes of these, without backups
 * @param ownedBytes in partitions that this node owns
 * @param backupBytes held for other members
 * @param nearEntries blocks in this node's near cache
 * @param nearBytes of these
 * @param nearCapacity most entries of the near cache
 * @param nearEvictions blocks that left the near cache for lack of room
 * @param pool the engine's pool
 * @param circuit {@code closed}, {@code open} or {@code half_open}
 * @param timing latencies of the last requests
 */
public record CacheStats(
    String node,
    long requests,
    long hitRequests,
    long promptTokens,
    Map<Source, Long> tokensBySource,
    long computedTokens,
    Map<String, Long> missReasons,
    long publishedBlocks,
    long publishSkipped,
    long publishDropped,
    long publishFailed,
    int publishQueued,
    Map<String, Long> evictions,
    long reconciled,
    long gridBlocks,
    long gridBytes,
    long ownedBytes,
    long backupBytes,
    long nearEntries,
    long nearBytes,
    long nearCapacity,
    long nearEvictions,
    BlockPoolStats pool,
    String circuit,
    Timing timing) {
  public CacheStats {
    tokensBySource = Map.copyOf(tokensBySource);
    missReasons = Map.copyOf(missReasons);
    evictions = Map.copyOf(evictions);
  }

  /** Share of prompt tokens that were not computed, 0..1; 0 with no request. */
  public double tokenHitRate() {
    return promptTokens == 0 ? 0 : 1.0 - (double) computedTokens / promptTokens;
  }

  /**
   * Time to first token over the last 1,024 requests, milliseconds; 0 where there was none.
   *
   * @param hitTtftP50 of requests that took at least one block
   * @param hitTtftP99 likewise
   * @param missTtftP50 of the others
   * @param missTtftP99 likewise
   */
  public record Timing(
      double hitTtftP50, double hitTtftP99, double missTtftP50, double missTtftP99) {}
}
