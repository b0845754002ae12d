package dev.kvasir.engine.schedule;

import dev.kvasir.inference.InferenceException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * One thread that runs commands in the order of their coming: the single writer of block pool and
 * graph. Sequences send a step at a time, so that their steps take turns.
 */
public final class StepLoop implements AutoCloseable {
  /** A command that may have to wait for blocks, and who waits for it. */
  private record Waiting(BooleanSupplier attempt, CompletableFuture<?> outcome) {}

  private final BlockingQueue<Runnable> commands = new LinkedBlockingQueue<>();
  private final Deque<Waiting> waiting = new ArrayDeque<>(); // loop thread only
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean stopping;

  /** Starts the loop on a thread of the executor, which it keeps until {@link #close}. */
  public StepLoop(Executor executor) {
    executor.execute(this::run);
  }

  /**
   * Runs a command on the loop's thread and waits for its result.
   *
   * @throws InferenceException if the loop was stopped before the command ran
   */
  public <T> T call(Supplier<T> command) {
    CompletableFuture<T> outcome = new CompletableFuture<>();
    submit(() -> complete(outcome, command), outcome);
    return join(outcome);
  }

  /**
   * Tries a command on the loop's thread until it succeeds: now, or each time that blocks were
   * given back. Attempts are made in the order of their coming, none overtakes.
   *
   * @param attempt gives null where it has to be tried again
   */
  public <T> T callWhenPossible(Supplier<@org.jspecify.annotations.Nullable T> attempt) {
    CompletableFuture<T> outcome = new CompletableFuture<>();
    BooleanSupplier done =
        () -> {
          try {
            T value = attempt.get();
            return value != null && outcome.complete(value);
          } catch (RuntimeException e) {
            return outcome.completeExceptionally(e);
          }
        };
    submit(
        () -> {
          waiting.add(new Waiting(done, outcome));
          retryWaiting();
        },
        outcome);
    return join(outcome);
  }

  /** Runs a command like {@link #call}; does nothing if the loop was stopped. */
  public void callUnlessStopped(Runnable command) {
    CompletableFuture<Boolean> outcome = new CompletableFuture<>();
    submit(
        () ->
            complete(
                outcome,
                () -> {
                  command.run();
                  return true;
                }),
        outcome);
    if (!isStopped(outcome)) {
      join(outcome);
    }
  }

  private boolean isStopped(CompletableFuture<?> outcome) {
    return outcome.handle((value, failure) -> failure != null && stopping).join();
  }

  /** Tells those who wait for blocks that some were given back. Loop's thread only. */
  public void retryWaiting() {
    while (!waiting.isEmpty() && waiting.getFirst().attempt().getAsBoolean()) {
      waiting.removeFirst();
    }
  }

  private void submit(Runnable command, CompletableFuture<?> outcome) {
    commands.add(
        () -> {
          if (stopping) {
            outcome.completeExceptionally(stopped());
          } else {
            command.run();
          }
        });
    if (ended.getCount() == 0) {
      outcome.completeExceptionally(stopped());
    }
  }

  private static <T> void complete(CompletableFuture<T> outcome, Supplier<T> command) {
    try {
      outcome.complete(command.get());
    } catch (RuntimeException | Error e) { // goes to the caller, the loop goes on
      outcome.completeExceptionally(e);
    }
  }

  private static <T> T join(CompletableFuture<T> outcome) {
    try {
      return outcome.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new InferenceException("the graph failed: " + e.getCause(), e);
    }
  }

  private static InferenceException stopped() {
    return new InferenceException("the engine was stopped");
  }

  private void run() {
    try {
      while (!stopping) {
        commands.take().run();
      }
    } catch (InterruptedException e) {
      stopping = true;
      Thread.currentThread().interrupt();
    } finally {
      waiting.forEach(command -> command.outcome().completeExceptionally(stopped()));
      ended.countDown();
      for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
        command.run();
      }
    }
  }

  /**
   * Stops after the command that runs now; all others end with {@link InferenceException}.
   * Idempotent.
   */
  @Override
  public void close() {
    stopping = true;
    commands.add(() -> {}); // wakes the loop
    boolean interrupted = false;
    while (true) {
      try {
        ended.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true; // the graph must not be freed under a running step
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
