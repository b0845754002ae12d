package dev.kvasir.console;

import dev.kvasir.cache.CacheStats;
import dev.kvasir.cache.TokenCounts;

/**
 * What was counted of requests.
 *
 * @param requests that looked a prefix up
 * @param hits those that took at least one block
 * @param tokens of their prompts
 * @param spent where their time went
 */
public record Sums(long requests, long hits, TokenCounts tokens, CacheStats.Spent spent) {
  /** Nothing. */
  public static final Sums NONE = new Sums(0, 0, TokenCounts.NONE, CacheStats.Spent.NONE);

  static Sums of(CacheStats stats) {
    return new Sums(
        stats.requests().total(), stats.requests().hits(), stats.tokens(), stats.spent());
  }

  /** Sums. */
  public Sums plus(Sums other) {
    return new Sums(
        requests + other.requests,
        hits + other.hits,
        tokens.plus(other.tokens),
        spent.plus(other.spent));
  }

  Sums minus(Sums other) {
    return new Sums(
        requests - other.requests,
        hits - other.hits,
        tokens.minus(other.tokens),
        spent.minus(other.spent));
  }

  /** Mean time to first token of those that took a block, milliseconds; 0 of none. */
  public double hitMillis() {
    return hits == 0 ? 0 : 1e3 * spent.hitSeconds() / hits;
  }

  /** The same of the others. */
  public double missMillis() {
    long misses = requests - hits;
    return misses == 0 ? 0 : 1e3 * spent.missSeconds() / misses;
  }
}
