package dev.kvasir.engine.schedule;

import dev.kvasir.inference.EngineStoppedException;
import dev.kvasir.inference.InferenceException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes block pool and graph: runs steps as long as there is work, and between
 * two steps the commands that came meanwhile.
 */
public final class StepLoop implements AutoCloseable {
  /*
   * The loop borrows a thread while there is work and a moment longer; an idle engine holds no
   * thread of its server, which could not end quietly otherwise. At most one thread runs at a time,
   * and what one wrote the next one sees: both pass through the lock.
   *
   * Lock: this, over `running` and `stopping`. Never held while a command or a step runs.
   */

  /** What the loop does when no command waits. Loop's thread only. */
  public interface Work {
    /** Does a bounded piece of work; false if there is none until the next command. */
    boolean step();

    /**
     * Does a bounded piece of what nobody waits for; false if there is none. Called once no command
     * has come for a moment.
     */
    boolean spareStep();

    /** Ends all that is under way: the loop has stopped. */
    void end(InferenceException reason);
  }

  private static final Logger LOG = System.getLogger(StepLoop.class.getName());
  private static final long LINGER_MILLIS = 200;

  private final Executor executor;
  private final Work work;
  private final BlockingQueue<Runnable> commands = new LinkedBlockingQueue<>();

  /** Whether a thread runs commands. Guarded by this. */
  private boolean running;

  /** Why it ends; that it was asked to, unless it broke. */
  private volatile InferenceException stopReason = new EngineStoppedException();

  /** Set once. Guarded by this; read without it to end early. */
  private volatile boolean stopping;

  /** A loop that borrows its threads from the executor. */
  public StepLoop(Executor executor, Work work) {
    this.executor = executor;
    this.work = work;
  }

  /**
   * Runs a command on the loop's thread and waits for its result.
   *
   * @throws InferenceException if the loop was stopped before the command ran
   */
  public <T> T call(Supplier<T> command) {
    return await(outcome -> outcome.complete(command.get()));
  }

  /**
   * Runs a command on the loop's thread and waits until somebody completes its outcome.
   *
   * @throws InferenceException if the loop was stopped before the command ran
   */
  public <T> T await(Command<T> command) {
    CompletableFuture<T> outcome = new CompletableFuture<>();
    submit(() -> run(command, outcome), outcome);
    return result(outcome);
  }

  /**
   * Likewise, but gives up when patience ends, or when its thread is interrupted, which it still is
   * then.
   *
   * @param giveUp runs on the loop's thread then: completes the outcome, unless somebody has
   */
  public <T> T await(Command<T> command, Patience patience, Command<T> giveUp) {
    CompletableFuture<T> outcome = new CompletableFuture<>();
    submit(() -> run(command, outcome), outcome);
    try {
      if (!patience.awaitEnd(outcome)) {
        submit(() -> run(giveUp, outcome), outcome);
      }
    } catch (InterruptedException e) {
      submit(() -> run(giveUp, outcome), outcome);
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      // told below
    }
    return result(outcome);
  }

  private static <T> T result(CompletableFuture<T> outcome) {
    try {
      return outcome.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      LOG.log(Level.ERROR, "KVASIR-EN05 a command broke", e);
      throw new InferenceException("the engine broke; KVASIR-EN05 in the server's log says why", e);
    }
  }

  /** A command whose outcome may be completed later than it returns. */
  @FunctionalInterface
  public interface Command<T> {
    void run(CompletableFuture<T> outcome);
  }

  private static <T> void run(Command<T> command, CompletableFuture<T> outcome) {
    try {
      command.run(outcome);
    } catch (RuntimeException | Error e) { // goes to the caller, the loop goes on
      outcome.completeExceptionally(e);
    }
  }

  /** Runs a command like {@link #call}; does nothing if the loop was stopped. */
  public void callUnlessStopped(Runnable command) {
    try {
      call(
          () -> {
            command.run();
            return true;
          });
    } catch (InferenceException e) {
      if (!stopping) {
        throw e;
      }
    }
  }

  /** Lets the loop look for work again; does nothing if it was stopped. */
  public void wake() {
    tell(() -> {});
  }

  /** Runs a command that throws nothing, some time; does nothing if the loop was stopped. */
  public void tell(Runnable command) {
    submit(command, new CompletableFuture<>());
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
      endStopped();
    } catch (RuntimeException | Error e) { // there is no thread
      broke(e);
      endStopped();
    }
  }

  private void broke(Throwable e) {
    LOG.log(Level.ERROR, "KVASIR-EN03 the engine broke, and stops", e);
    stopReason =
        new InferenceException(
            "the engine broke, and stopped; KVASIR-EN03 in the server's log says why");
  }

  private InferenceException stopped() {
    return stopReason instanceof EngineStoppedException
        ? new EngineStoppedException()
        : new InferenceException(String.valueOf(stopReason.getMessage()));
  }

  private void run() {
    boolean idle = false;
    boolean busy = true;
    boolean spare = false; // busy with what nobody waits for
    try {
      while (!stopping && !idle) {
        Runnable command = busy ? commands.poll() : take(spare ? 0 : LINGER_MILLIS);
        if (command != null) {
          command.run();
          busy = true;
          spare = false;
        } else if (busy) {
          busy = work.step();
        } else {
          spare = !stopping && work.spareStep();
          idle = !spare && endIfIdle();
        }
      }
    } catch (RuntimeException | Error e) { // better stopped than silent
      broke(e);
      throw e;
    } finally {
      if (!idle) {
        endStopped();
      }
    }
  }

  private @Nullable Runnable take(long millis) {
    try {
      return commands.poll(millis, TimeUnit.MILLISECONDS);
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
    synchronized (this) {
      stopping = true;
    }
    try {
      failAll();
    } finally { // or close would wait for ever
      synchronized (this) {
        running = false;
        notifyAll();
      }
    }
  }

  private void failAll() {
    for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
      command.run(); // sees that the loop stops
    }
    work.end(stopped());
  }

  /**
   * Stops after the command or step that runs now; all others end with {@link InferenceException}.
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
    try {
      failAll();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
