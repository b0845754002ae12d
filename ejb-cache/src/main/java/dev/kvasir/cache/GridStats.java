package dev.kvasir.cache;

import java.util.Map;

/**
 * Snapshot of the store's counters and sizes on this node. Counters start at 0 with the node and
 * only grow.
 *
 * @param held blocks in the grid
 * @param near blocks in this node's near cache
 * @param evictions blocks that left the grid, as this node heard, by cause: {@code policy}, {@code
 *     removed}, {@code expired}, {@code lost}
 * @param reconciled index entries mended because their event never came
 */
public record GridStats(Held held, Near near, Map<String, Long> evictions, long reconciled) {
  /** A store that holds nothing and has seen nothing. */
  public static final GridStats EMPTY =
      new GridStats(new Held(0, 0, 0, 0), new Near(0, 0, 0, 0), Map.of(), 0);

  public GridStats {
    evictions = Map.copyOf(evictions);
  }

  /** Blocks that left the grid for one cause. */
  public long evicted(String cause) {
    return evictions.getOrDefault(cause, 0L);
  }

  /** Blocks that left the grid, whatever the cause. */
  public long evicted() {
    return evictions.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Blocks in the grid.
   *
   * @param blocks of all members
   * @param bytes of these, without backups
   * @param ownedBytes in partitions that this node owns
   * @param backupBytes held for other members
   */
  public record Held(long blocks, long bytes, long ownedBytes, long backupBytes) {
    /** Bytes that this node holds, owned and backup together: what the budget bounds. */
    public long bytesHere() {
      return ownedBytes + backupBytes;
    }
  }

  /**
   * Blocks in this node's near cache.
   *
   * @param entries now
   * @param bytes of these
   * @param capacity most entries
   * @param evictions blocks that left for lack of room
   */
  public record Near(long entries, long bytes, long capacity, long evictions) {}
}
