package dev.kvasir.cache.request;

import dev.kvasir.cache.Ticker;

/** Time of a request, in laps. One thread. */
final class StopWatch {
  private static final double NANOS_PER_MILLI = 1e6;

  private final Ticker ticker;
  private final long startNanos;
  private long lapNanos;

  StopWatch(Ticker ticker) {
    this.ticker = ticker;
    startNanos = ticker.read();
    lapNanos = startNanos;
  }

  /** Milliseconds since the last lap, or the start; a new lap begins. */
  double lapMillis() {
    long now = ticker.read();
    double millis = (now - lapNanos) / NANOS_PER_MILLI;
    lapNanos = now;
    return millis;
  }

  /** Milliseconds from the start to the last lap. */
  double totalMillis() {
    return (lapNanos - startNanos) / NANOS_PER_MILLI;
  }
}
