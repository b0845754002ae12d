package dev.kvasir.cache.stats;

import dev.kvasir.cache.CacheStats;
import java.util.Arrays;

/** Time to first token of the last requests. Safe for all threads. */
final class FirstTokenTimes {
  private static final int CAPACITY = 1024;

  /** Milliseconds, a ring. Guarded by this. */
  private final double[] millis = new double[CAPACITY];

  /** Whether it took at least one cached block. Guarded by this. */
  private final boolean[] hit = new boolean[CAPACITY];

  /** Requests so far. Guarded by this. */
  private long count;

  synchronized void add(double firstTokenMillis, boolean isHit) {
    int slot = (int) (count % CAPACITY);
    millis[slot] = firstTokenMillis;
    hit[slot] = isHit;
    count++;
  }

  synchronized CacheStats.Timing snapshot() {
    double[] hits = sorted(true);
    double[] misses = sorted(false);
    return new CacheStats.Timing(
        Percentiles.nearestRank(hits, 0.50),
        Percentiles.nearestRank(hits, 0.99),
        Percentiles.nearestRank(misses, 0.50),
        Percentiles.nearestRank(misses, 0.99));
  }

  private double[] sorted(boolean hits) {
    assert Thread.holdsLock(this);
    double[] chosen = new double[CAPACITY];
    int size = 0;
    for (int i = 0; i < Math.min(count, CAPACITY); i++) {
      if (hit[i] == hits) {
        chosen[size++] = millis[i];
      }
    }
    double[] result = Arrays.copyOf(chosen, size);
    Arrays.sort(result);
    return result;
  }
}
