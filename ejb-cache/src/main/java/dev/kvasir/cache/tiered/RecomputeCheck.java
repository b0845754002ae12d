package dev.kvasir.cache.tiered;

import dev.kvasir.cache.Prefix;
import dev.kvasir.cache.stats.CacheCounters;
import dev.kvasir.completion.CacheReport;
import dev.kvasir.completion.LoadEstimate;
import dev.kvasir.inference.IdleRecompute;
import dev.kvasir.inference.Model;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Has the blocks of some loads computed once more in idle time, and compares what that took with
 * what it was expected to take.
 *
 * @param model that computes; asked for each time, as the adapter may restart
 * @param cost made the estimate, and learns from what is measured
 * @param counters hear how far it was off
 * @param chosen whether the next load is checked
 */
public record RecomputeCheck(
    Supplier<Model> model, LoadCost cost, CacheCounters counters, BooleanSupplier chosen) {

  /** Checks a load now and then; returns at once. */
  void offer(Prefix prefix, CacheReport report) {
    LoadEstimate estimate = report.estimate();
    Double expected = estimate == null ? null : estimate.recomputeMillis();
    int tokens = report.loadedTokens();
    if (estimate == null || expected == null || tokens < fewestTokens(prefix)) {
      return; // nothing was expected, or nothing to speak of came
    }
    if (chosen.getAsBoolean()) {
      double share = (double) tokens / estimate.tokens();
      int from = report.poolTokens() + report.meanwhileTokens();
      check(prefix, from, from + tokens, expected * share / 1e3);
    }
  }

  /** Shorter ones say more about a step's fixed cost than about a token's. */
  private static int fewestTokens(Prefix prefix) {
    return LoadCost.MIN_PREFILL_BLOCKS * prefix.blockSize();
  }

  private void check(Prefix prefix, int fromToken, int toToken, double expectedSeconds) {
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
                          counters.recomputed(expectedSeconds, measured);
                          cost.computed(fromToken, toToken - fromToken, measured);
                        },
                        counters::recomputeDropped)));
  }
}
