package dev.kvasir.cache.limits;

import dev.kvasir.cache.Ticker;

/**
 * A bucket that fills evenly up to its capacity, and may owe: what something costs is often known
 * only afterwards. (Usually <a href="https://en.wikipedia.org/wiki/Token_bucket">token bucket</a>;
 * what it holds is not a model's tokens alone.) Safe for all threads.
 */
final class TokenBucket {
  private final double capacity;
  private final double perNano;
  private final Ticker ticker;
  private double level; // guarded by this
  private long readAtNanos; // guarded by this

  /** A full one, which an empty one becomes in this time. */
  TokenBucket(double capacity, long fillNanos, Ticker ticker) {
    this.capacity = capacity;
    this.perNano = capacity / fillNanos;
    this.ticker = ticker;
    this.level = capacity;
    this.readAtNanos = ticker.read();
  }

  /** Takes one if one is there. */
  synchronized boolean tryTakeOne() {
    fill();
    if (level < 1) {
      return false;
    }
    level--;
    return true;
  }

  /** Takes whatever it is; the bucket may owe it. */
  synchronized void take(double amount) {
    fill();
    level -= amount;
  }

  /** Nanoseconds until one is there; 0 if it is now. */
  synchronized long nanosUntilOne() {
    fill();
    return level >= 1 ? 0 : (long) Math.ceil((1 - level) / perNano);
  }

  private void fill() {
    long now = ticker.read();
    level = Math.min(capacity, level + (now - readAtNanos) * perNano);
    readAtNanos = now;
  }
}
