package dev.kvasir.cache.tiered;

import dev.kvasir.cache.Ticker;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/**
 * Seconds per token over the last measurements, each weighing 0.8 of the one after it. Not safe for
 * threads.
 */
public final class DecayingRate {
  private static final double DECAY = 0.8;
  private static final int MIN_MEASUREMENTS = 3;
  private static final long MAX_AGE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final Ticker ticker;
  private double seconds;
  private double tokens;
  private int measurements;
  private long lastNanos;

  /**
   * Without measurements.
   *
   * @param ticker says how old they are
   */
  public DecayingRate(Ticker ticker) {
    this.ticker = ticker;
  }

  /** Adds one. */
  public void add(double measuredSeconds, int measuredTokens) {
    forgetIfOld();
    seconds = seconds * DECAY + measuredSeconds;
    tokens = tokens * DECAY + measuredTokens;
    measurements++;
    lastNanos = ticker.read();
  }

  /** Empty after too few measurements, and when the last is older than a minute. */
  public OptionalDouble secondsPerToken() {
    forgetIfOld();
    if (measurements < MIN_MEASUREMENTS) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(tokens == 0 ? Double.POSITIVE_INFINITY : seconds / tokens);
  }

  private void forgetIfOld() {
    if (measurements > 0 && ticker.read() - lastNanos > MAX_AGE_NANOS) {
      seconds = 0;
      tokens = 0;
      measurements = 0;
    }
  }
}
