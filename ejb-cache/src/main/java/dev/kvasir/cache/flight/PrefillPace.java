package dev.kvasir.cache.flight;

import dev.kvasir.cache.Ticker;
import dev.kvasir.cache.tiered.DecayingRate;

/**
 * What computing prompts takes on this node by the clock, the steps of others between them
 * included. Safe for all threads.
 */
final class PrefillPace {
  /**
   * Who waits and computes after all has lost the wait. Beside the one that it waited for it would
   * have taken twice as long, as both take turns; so it waits so long and no longer.
   */
  private static final double PATIENCE = 2;

  /** Before there are measurements: slower than small models are, so that a first burst waits. */
  private static final double UNMEASURED_SECONDS_PER_TOKEN = 0.005;

  private static final int MIN_TOKENS = 64;

  /** Guarded by this. */
  private final DecayingRate rate;

  PrefillPace(Ticker ticker) {
    rate = new DecayingRate(ticker);
  }

  /** Learns from a prefill; those of few tokens say more of a step's fixed cost. */
  synchronized void observe(int tokens, double seconds) {
    if (tokens >= MIN_TOKENS) {
      rate.add(seconds, tokens);
    }
  }

  /** Longest wait for so many tokens. */
  synchronized long patienceNanos(int tokens) {
    double secondsPerToken = rate.secondsPerToken().orElse(UNMEASURED_SECONDS_PER_TOKEN);
    return (long) (PATIENCE * secondsPerToken * tokens * 1e9);
  }
}
