package dev.kvasir.cache.stats;

import dev.kvasir.cache.RecomputeChecks;
import java.util.Arrays;

/** How far the recompute estimate was off. Safe for all threads. */
final class RecomputeErrors {
  private static final int CAPACITY = 1024;

  /** Relative errors, a ring. Guarded by this. */
  private final double[] errors = new double[CAPACITY];

  /** Guarded by this. */
  private long within;

  /** Guarded by this. */
  private long beyond;

  /** Guarded by this. */
  private long first;

  /** Guarded by this. */
  private long dropped;

  synchronized void add(double error) {
    errors[(int) ((within + beyond) % CAPACITY)] = error;
    if (error <= RecomputeChecks.TOLERANCE) {
      within++;
    } else {
      beyond++;
    }
  }

  synchronized void addFirst() {
    first++;
  }

  synchronized void drop() {
    dropped++;
  }

  synchronized RecomputeChecks snapshot() {
    double[] sorted = Arrays.copyOf(errors, (int) Math.min(within + beyond, CAPACITY));
    Arrays.sort(sorted);
    return new RecomputeChecks(
        within,
        beyond,
        first,
        dropped,
        Percentiles.nearestRank(sorted, 0.5),
        Percentiles.nearestRank(sorted, 0.9));
  }
}
