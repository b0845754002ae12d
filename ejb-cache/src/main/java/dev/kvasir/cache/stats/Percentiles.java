package dev.kvasir.cache.stats;

/** Percentiles of all the numbers there are. */
final class Percentiles {
  private Percentiles() {}

  /** Nearest rank; 0 without values. */
  static double nearestRank(double[] sorted, double share) {
    return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(share * sorted.length) - 1];
  }
}
