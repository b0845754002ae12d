package dev.kvasir.cache.queue;

import java.util.concurrent.TimeUnit;

/** How long requests hold their slot, the newest weighing a fifth. Not safe for threads. */
final class HoldTime {
  private static final double WEIGHT = 0.2; // of the newest
  private static final int MAX_SECONDS = 60;

  private double meanNanos;

  void add(long nanos) {
    meanNanos = meanNanos == 0 ? nanos : meanNanos + WEIGHT * (nanos - meanNanos);
  }

  /**
   * When so many requests will have had their turn, at this rate: whole seconds, 1 to 60; 1 before
   * any was measured.
   *
   * @param slots that serve them
   */
  int secondsFor(int requests, int slots) {
    double seconds = meanNanos * requests / slots / TimeUnit.SECONDS.toNanos(1);
    return (int) Math.max(1, Math.min(MAX_SECONDS, Math.ceil(seconds)));
  }
}
