package dev.kvasir.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** A value that another thread makes meanwhile. */
record Later<T>(CompletableFuture<T> future) {
  static <T> Later<T> of(Supplier<T> maker, Executor executor) {
    return new Later<>(CompletableFuture.supplyAsync(maker, executor));
  }

  /** What the same thread makes of it, once it has. */
  <R> Later<R> then(Function<T, R> maker) {
    return new Later<>(future.thenApply(maker));
  }

  /** Waits for the value; throws what its maker threw. */
  T get() {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** Waits for the value and frees it, if it was made; nobody may have got it. */
  void discard(Consumer<T> free) {
    T value;
    try {
      value = future.join();
    } catch (CompletionException e) {
      return; // never made
    }
    free.accept(value);
  }
}
