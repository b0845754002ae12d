package dev.kvasir.cache;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongBinaryOperator;

/**
 * Prompt tokens by where their K/V came from.
 *
 * @param bySource taken from the cache; a source that is not in it has given none
 * @param computed not taken, so computed
 */
public record TokenCounts(Map<Source, Long> bySource, long computed) {
  /** None at all. */
  public static final TokenCounts NONE = new TokenCounts(Map.of(), 0);

  public TokenCounts {
    bySource = Map.copyOf(bySource);
  }

  /** Tokens from one source. */
  public long of(Source source) {
    return bySource.getOrDefault(source, 0L);
  }

  /** Tokens from all sources. */
  public long cached() {
    return bySource.values().stream().mapToLong(Long::longValue).sum();
  }

  /** All tokens. */
  public long prompt() {
    return cached() + computed;
  }

  /** Share of the tokens that were not computed, 0..1; 0 of none. */
  public double hitRate() {
    return prompt() == 0 ? 0 : (double) cached() / prompt();
  }

  /** Sums. */
  public TokenCounts plus(TokenCounts other) {
    return with(other, Long::sum);
  }

  /** Differences. */
  public TokenCounts minus(TokenCounts other) {
    return with(other, (one, less) -> one - less);
  }

  private TokenCounts with(TokenCounts other, LongBinaryOperator operator) {
    Map<Source, Long> results = new EnumMap<>(Source.class);
    for (Source source : Source.values()) {
      results.put(source, operator.applyAsLong(of(source), other.of(source)));
    }
    return new TokenCounts(results, operator.applyAsLong(computed, other.computed));
  }
}
