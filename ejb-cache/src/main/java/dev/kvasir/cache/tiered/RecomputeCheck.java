package dev.kvasir.cache.tiered;

import dev.kvasir.cache.Prefix;
import dev.kvasir.cache.stats.CacheCounters;
import dev.kvasir.completion.CacheReport;
import dev.kvasir.completion.LoadEstimate;
import dev.kvasir.inference.IdleRecompute;
import dev.kvasir.inference.Model;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Has the blocks of some loads computed once more in idle time, and compares what that took with
 * what it was expected to take.
 *
 * @param model that computes; asked for each time, as the adapter may restart
 * @param cost made the estimate, and learns from what is measured
 * @param counters hear how far it was off
 * @param chosen whether a load is checked that had this estimate
 */
public record RecomputeCheck(
    Supplier<Model> model, LoadCost cost, CacheCounters counters, Predicate<LoadEstimate> chosen) {

  /** Checks a load now and then; returns at once. */
  void offer(Prefix prefix, CacheReport report) {
    LoadEstimate estimate = report.estimate();
    int tokens = report.loadedTokens();
    if (estimate == null || tokens < fewestTokens(prefix) || !chosen.test(estimate)) {
      return;
    }
    int from = report.poolTokens() + report.meanwhileTokens();
    Double expected = estimate.recomputeMillis();
    double share = (double) tokens / estimate.tokens();
    check(prefix, from, from + tokens, expected == null ? null : expected * share / 1e3);
  }

  /** Shorter ones say more about a step's fixed cost than about a token's. */
  private static int fewestTokens(Prefix prefix) {
    return LoadCost.MIN_PREFILL_BLOCKS * prefix.blockSize();
  }

  private void check(Prefix prefix, int fromToken, int toToken, @Nullable Double expectedSeconds) {
    int blockSize = prefix.blockSize();
    model
        .get()
        .recomputeIdle(
            new IdleRecompute(
                prefix.tokens(),
                prefix.hashes().subList(0, toToken / blockSize),
                fromToken / blockSize,
                seconds ->
                    seconds.ifPresentOrElse(
                        measured -> {
                          cost.computed(fromToken, toToken - fromToken, measured);
                          count(expectedSeconds, measured);
                        },
                        counters::recomputeDropped)));
  }

  private void count(@Nullable Double expectedSeconds, double measuredSeconds) {
    if (expectedSeconds == null) {
      counters.recomputedFirst();
    } else {
      counters.recomputed(expectedSeconds, measuredSeconds);
    }
  }
}
