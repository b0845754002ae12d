package dev.kvasir.cache.grid;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for the grid, but not for long; trouble comes out as {@link GridException}. */
final class Bounded {
  private Bounded() {}

  /**
   * The answer.
   *
   * @param what is waited for, in words, for the message
   */
  static <T> T get(CompletionStage<T> stage, int timeoutMillis, String what) {
    try {
      return stage.toCompletableFuture().get(timeoutMillis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new GridException(what + " took longer than " + timeoutMillis + " ms", e);
    } catch (ExecutionException e) {
      throw new GridException(what + " failed: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new GridException(what + " was interrupted", e);
    }
  }

  /** As {@link #get}, for what has no answer. */
  static void await(CompletionStage<Void> stage, int timeoutMillis, String what) {
    get(stage.thenApply(nothing -> true), timeoutMillis, what);
  }
}
