package dev.kvasir.cache.stats;

import dev.kvasir.cache.Ticker;
import java.util.concurrent.TimeUnit;

/** Lets one log line a minute through. Safe for all threads. */
public final class LogLimit {
  private static final long INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Ticker ticker;

  /** Guarded by this. */
  private long nextNanos;

  /** Lets the first line through at once. */
  public LogLimit(Ticker ticker) {
    this.ticker = ticker;
    nextNanos = ticker.read();
  }

  /** Whether a line may be written now; if so, the next may in a minute. */
  public synchronized boolean allows() {
    long now = ticker.read();
    if (now - nextNanos < 0) {
      return false;
    }
    nextNanos = now + INTERVAL_NANOS;
    return true;
  }
}
