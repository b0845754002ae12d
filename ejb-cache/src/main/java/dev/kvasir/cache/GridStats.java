package dev.kvasir.cache;

import java.util.Map;

/**
 * Snapshot of the store's counters and sizes on this node; {@link CacheStats} repeats them.
 * Counters start at 0 with the node and only grow.
 *
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
 */
public record GridStats(
    Map<String, Long> evictions,
    long reconciled,
    long gridBlocks,
    long gridBytes,
    long ownedBytes,
    long backupBytes,
    long nearEntries,
    long nearBytes,
    long nearCapacity,
    long nearEvictions) {
  /** A store that holds nothing and has seen nothing. */
  public static final GridStats EMPTY = new GridStats(Map.of(), 0, 0, 0, 0, 0, 0, 0, 0, 0);

  public GridStats {
    evictions = Map.copyOf(evictions);
  }
}
