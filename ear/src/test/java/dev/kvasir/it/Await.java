package dev.kvasir.it;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** Waits for a condition outside this process. */
final class Await {
  private static final int TICK_MILLIS = 50;

  private Await() {}

  /** A condition that is asked for again and again. */
  interface Condition {
    boolean holds() throws Exception;
  }

  /**
   * Waits until a condition holds.
   *
   * @param otherwise what to say if it does not in time
   */
  static void until(int seconds, Condition condition, Supplier<String> otherwise) throws Exception {
    long deadline = System.nanoTime() + SECONDS.toNanos(seconds);
    CountDownLatch never = new CountDownLatch(1);
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not in %d s: %s".formatted(seconds, otherwise.get()));
      }
      never.await(TICK_MILLIS, MILLISECONDS); // somebody else's state: there is nothing to wait on
    }
  }
}
