package dev.kvasir.engine.schedule;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * How long somebody waits.
 *
 * @param nanos at most
 * @param wanted asked about once a second on the thread that waits; once false, it waits no longer
 */
public record Patience(long nanos, BooleanSupplier wanted) {
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Waits until somebody completes the outcome; false if patience ended first. */
  boolean awaitEnd(CompletableFuture<?> outcome) throws InterruptedException, ExecutionException {
    long begin = System.nanoTime();
    for (long left = nanos; left > 0; left = nanos - (System.nanoTime() - begin)) {
      try {
        outcome.get(Math.min(left, LOOK_NANOS), TimeUnit.NANOSECONDS);
        return true;
      } catch (TimeoutException e) {
        if (!wanted.getAsBoolean()) {
          return false;
        }
      }
    }
    return false;
  }
}
