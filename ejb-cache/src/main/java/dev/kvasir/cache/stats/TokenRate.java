package dev.kvasir.cache.stats;

import dev.kvasir.cache.Ticker;
import java.util.concurrent.TimeUnit;

/** How many tokens a second come, over the last ten whole seconds. Safe for all threads. */
public final class TokenRate {
  private static final int SECONDS = 10;

  private final Ticker ticker;
  private final long startNanos;
  private final long[] counts = new long[SECONDS + 1]; // a ring by second, guarded by this
  private long second; // the newest in it, guarded by this

  public TokenRate(Ticker ticker) {
    this.ticker = ticker;
    startNanos = ticker.read();
  }

  /** One came now. */
  public synchronized void count() {
    moveOn();
    counts[slot(second)]++;
  }

  /** Tokens a second; those of the second that is not over yet do not count. */
  public synchronized double perSecond() {
    moveOn();
    long sum = 0;
    for (int i = 1; i <= SECONDS; i++) {
      sum += counts[slot(second + i)];
    }
    return sum / (double) SECONDS;
  }

  private void moveOn() {
    long now = TimeUnit.NANOSECONDS.toSeconds(ticker.read() - startNanos);
    for (int passed = 0; second < now && passed < counts.length; passed++) {
      second++;
      counts[slot(second)] = 0;
    }
    second = now;
  }

  private int slot(long ofSecond) {
    return (int) (ofSecond % counts.length);
  }
}
