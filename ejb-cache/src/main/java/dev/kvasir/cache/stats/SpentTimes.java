package dev.kvasir.cache.stats;

import dev.kvasir.cache.CacheStats.Spent;
import dev.kvasir.completion.CacheReport;

/** Sums of where requests' time went. Safe for all threads; a snapshot is of one moment. */
final class SpentTimes {
  /** A shorter prefill says more about a step's fixed cost than about a token's. */
  static final int TELLING_TOKENS = 128;

  private static final double MILLIS_PER_SECOND = 1e3;

  private Spent spent = Spent.NONE; // guarded by this

  synchronized void add(CacheReport report, double firstTokenMillis) {
    boolean tells = report.computedTokens() >= TELLING_TOKENS;
    boolean hit = report.cachedTokens() > 0;
    double firstToken = firstTokenMillis / MILLIS_PER_SECOND;
    spent =
        spent.plus(
            new Spent(
                tells ? report.prefillMillis() / MILLIS_PER_SECOND : 0,
                tells ? report.computedTokens() : 0,
                (report.lookupMillis() + report.loadMillis()) / MILLIS_PER_SECOND,
                hit ? firstToken : 0,
                hit ? 0 : firstToken));
  }

  synchronized Spent snapshot() {
    return spent;
  }
}
