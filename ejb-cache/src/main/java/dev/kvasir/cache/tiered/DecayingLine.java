package dev.kvasir.cache.tiered;

import dev.kvasir.cache.Ticker;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/**
 * Seconds by tokens over the last measurements: what it takes at all, and what each token adds. Not
 * safe for threads.
 */
final class DecayingLine {
  /*
   * Least squares, each measurement weighing 0.9 of the one after it. A rate alone would spread the
   * fixed part, a slow network's answer, over the tokens of the long ones, and promise the short
   * ones too much.
   *
   * Where all measurements are of one size, or more tokens seem to take less time, nothing tells
   * the two parts apart: then time goes with the tokens, or does not depend on them.
   *
   * After a minute without a measurement it knows nothing, until there is one more; what was before
   * then weighs little. So what a slow minute has taught is put to the test once a minute.
   */
  private static final double DECAY = 0.9;
  private static final double STALE_DECAY = 0.1;
  private static final double EQUAL_SIZES = 1e-6; // of the square of their sum
  private static final int MIN_MEASUREMENTS = 3;
  private static final long MAX_AGE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final Ticker ticker;
  private double weight;
  private double tokens;
  private double seconds;
  private double tokensSquared;
  private double tokensBySeconds;
  private int measurements;
  private long lastNanos;

  DecayingLine(Ticker ticker) {
    this.ticker = ticker;
  }

  /** Adds a measurement; of no tokens, if it was time spent in vain. */
  void add(double measuredSeconds, int measuredTokens) {
    double decay = isStale() ? STALE_DECAY : DECAY;
    weight = weight * decay + 1;
    tokens = tokens * decay + measuredTokens;
    seconds = seconds * decay + measuredSeconds;
    tokensSquared = tokensSquared * decay + (double) measuredTokens * measuredTokens;
    tokensBySeconds = tokensBySeconds * decay + measuredTokens * measuredSeconds;
    measurements++;
    lastNanos = ticker.read();
  }

  private boolean isStale() {
    return ticker.read() - lastNanos > MAX_AGE_NANOS;
  }

  /** For so many tokens; infinite if none ever came, empty if too little was measured lately. */
  OptionalDouble seconds(int wantedTokens) {
    if (measurements < MIN_MEASUREMENTS || isStale()) {
      return OptionalDouble.empty();
    }
    if (tokens == 0) {
      return OptionalDouble.of(Double.POSITIVE_INFINITY);
    }
    double spread = tokensSquared * weight - tokens * tokens;
    if (spread < EQUAL_SIZES * tokens * tokens) {
      return OptionalDouble.of(seconds / tokens * wantedTokens);
    }
    double perToken = (weight * tokensBySeconds - tokens * seconds) / spread;
    if (perToken < 0) {
      return OptionalDouble.of(seconds / weight);
    }
    double fixed = (seconds - perToken * tokens) / weight;
    return OptionalDouble.of(
        fixed < 0
            ? tokensBySeconds / tokensSquared * wantedTokens
            : fixed + perToken * wantedTokens);
  }
}
