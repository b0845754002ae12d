package dev.kvasir.cache.policy;

import dev.kvasir.cache.CacheSettings;

/**
 * When eviction starts and where it stops, as shares of the budget: apart, so that not every new
 * block costs an eviction.
 *
 * @param start above 0 and at most 1
 * @param stop above 0 and at most {@code start}
 */
public record Watermarks(double start, double stop) {
  public Watermarks {
    if (!(stop > 0 && stop <= start && start <= 1)) {
      throw new IllegalArgumentException(
          "watermarks are %s and %s, but must be 0 < stop <= start <= 1".formatted(start, stop));
    }
  }

  /** Those of settings. */
  public static Watermarks of(CacheSettings.Room room) {
    return new Watermarks(room.startPercent() / 100.0, room.stopPercent() / 100.0);
  }

  /** Whether so many bytes are too many for the budget. */
  public boolean exceeded(long heldBytes, long budgetBytes) {
    return heldBytes > budgetBytes * start;
  }

  /** Bytes that have to go, once eviction has started. */
  public double excess(long heldBytes, long budgetBytes) {
    return heldBytes - budgetBytes * stop;
  }

  /** Blocks there will be room for, if so many of them take so many bytes now; 0 if none do. */
  public int capacityBlocks(int blocks, long heldBytes, long budgetBytes) {
    double room = heldBytes == 0 ? 0 : blocks * (budgetBytes * start / heldBytes);
    return (int) Math.min(Integer.MAX_VALUE, room);
  }
}
