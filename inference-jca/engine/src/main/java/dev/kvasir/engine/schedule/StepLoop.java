package dev.kvasir.engine.schedule;

import dev.kvasir.inference.InferenceException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs commands one after another, in the order of their coming: the single writer of block pool
 * and graph. Sequences send a step at a time, so that their steps take turns.
 */
public final class StepLoop implements AutoCloseable {
  /*
   * The loop borrows a thread while there is work and a moment longer, so that a decoding sequence
   * finds it running; an idle engine holds no thread of its server, which could not end quietly
   * otherwise. At most one thread runs commands at a time, and what one wrote the next one sees:
   * both pass through the lock.
   *
   * Lock: this, over `running` and `stopping`. Never held while a command runs.
   */

  /** A command that may have to wait for blocks, and who waits for it. */
  private record Waiting(BooleanSupplier attempt, CompletableFuture<?> outcome) {}

  private static final long LINGER_MILLIS = 200;

  private final Executor executor;
  private final BlockingQueue<Runnable> commands = new LinkedBlockingQueue<>();
  private final Deque<Waiting> waiting = new ArrayDeque<>(); // loop only

  /** Whether a thread runs commands. Guarded by this. */
  private boolean running;

  /** Set once. Guarded by this; read without it to end early. */
  private volatile boolean stopping;

  /** A loop that borrows its threads from the executor. */
  public StepLoop(Executor executor) {
    this.executor = executor;
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
  public <T> T callWhenPossible(Supplier<@Nullable T> attempt) {
    CompletableFuture<T> outcome = new CompletableFuture<>();
    BooleanSupplier done =
        () -> {
          try {
            T value = attempt.get();
            return value != null && outcome.complete(value);
          } catch (RuntimeException | Error e) { // goes to the caller, the loop goes on
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
    boolean starts;
    synchronized (this) {
      if (stopping) {
        outcome.completeExceptionally(stopped());
        return;
      }
      commands.add(
          () -> {
            if (stopping) {
              outcome.completeExceptionally(stopped());
            } else {
              command.run();
            }
          });
      starts = !running;
      running = true;
    }
    if (starts) {
      start();
    }
  }

  private void start() {
    try {
      executor.execute(this::run);
    } catch (RejectedExecutionException e) { // the server goes down
      synchronized (this) {
        stopping = true;
      }
      endStopped();
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
    boolean idle = false;
    try {
      while (!stopping && !idle) {
        Runnable command = take();
        if (command == null) {
          idle = endIfIdle();
        } else {
          command.run();
        }
      }
    } finally {
      if (!idle) {
        stopping = true; // also where a command broke the loop: better stopped than silent
        endStopped();
      }
    }
  }

  private @Nullable Runnable take() {
    try {
      return commands.poll(LINGER_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) { // the server takes its thread back
      synchronized (this) {
        stopping = true;
      }
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private synchronized boolean endIfIdle() {
    boolean idle = commands.isEmpty() && !stopping;
    if (idle) {
      running = false;
      notifyAll();
    }
    return idle;
  }

  /** The last to run: whoever waits for the loop finds everything failed. */
  private void endStopped() {
    failAll();
    synchronized (this) {
      running = false;
      notifyAll();
    }
  }

  private void failAll() {
    for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
      command.run(); // sees that the loop stops
    }
    waiting.forEach(command -> command.outcome().completeExceptionally(stopped()));
    waiting.clear();
  }

  /**
   * Stops after the command that runs now; all others end with {@link InferenceException}.
   * Idempotent.
   */
  @Override
  public void close() {
    boolean interrupted = false;
    synchronized (this) {
      stopping = true;
      commands.add(() -> {}); // wakes the loop
      while (running) {
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true; // the graph must not be freed under a running step
        }
      }
    }
    failAll();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
