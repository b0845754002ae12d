package dev.kvasir.cache.request;

import dev.kvasir.cache.Ticker;

/** Time of a request since its arrival, in laps. One thread. */
final class StopWatch {
  private static final double NANOS_PER_MILLI = 1e6;

  private final Ticker ticker;
  private final long arrivalNanos;
  private long lapNanos;

  /**
   * @param ticker whose clock is the arrival's
   */
  StopWatch(Ticker ticker, long arrivalNanos) {
    this.ticker = ticker;
    this.arrivalNanos = arrivalNanos;
    lapNanos = arrivalNanos;
  }

  /** Milliseconds since the last lap, or the arrival; a new lap begins. */
  double lapMillis() {
    long now = ticker.read();
    double millis = (now - lapNanos) / NANOS_PER_MILLI;
    lapNanos = now;
    return millis;
  }

  /** Milliseconds from the arrival to the last lap. */
  double totalMillis() {
    return (lapNanos - arrivalNanos) / NANOS_PER_MILLI;
  }
}
