package dev.kvasir.cache.disk;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs tasks in their order, so many at a time, on others' threads; what waits is bounded. */
final class Lanes {
  private final Executor executor;
  private final int width;
  private final long capacity;

  /** Guarded by this. */
  private final ArrayDeque<Task> waiting = new ArrayDeque<>();

  /** Of tasks that wait or run. Guarded by this. */
  private long weight;

  /** Lanes in use. Guarded by this. */
  private int running;

  /**
   * @param executor runs the lanes; may run one at once
   * @param width most tasks at a time
   * @param capacity most weight that waits or runs; one task alone always fits
   */
  Lanes(Executor executor, int width, long capacity) {
    this.executor = executor;
    this.width = width;
    this.capacity = capacity;
  }

  private record Task(Runnable action, long weight) {}

  /**
   * Takes a task.
   *
   * @param patienceMillis longest wait for room
   * @return whether there was room in time, and a thread
   */
  boolean offer(Runnable action, long taskWeight, int patienceMillis) {
    boolean start;
    synchronized (this) {
      if (!awaitRoom(taskWeight, patienceMillis)) {
        return false;
      }
      waiting.add(new Task(action, taskWeight));
      weight += taskWeight;
      start = running < width;
      running += start ? 1 : 0;
    }
    return !start || started();
  }

  /** Under the lock. */
  private boolean awaitRoom(long taskWeight, int patienceMillis) {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
    while (weight > 0 && weight + taskWeight > capacity) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        return false;
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  private boolean started() {
    try {
      executor.execute(this::run);
      return true;
    } catch (RejectedExecutionException e) {
      synchronized (this) {
        running--;
        if (running == 0) { // nobody is left to do it
          waiting.forEach(task -> weight -= task.weight());
          waiting.clear();
          notifyAll();
        }
      }
      return false;
    }
  }

  private void run() {
    for (Task task = next(null); task != null; task = next(task)) {
      boolean finished = false;
      try {
        task.action().run();
        finished = true;
      } finally {
        if (!finished) {
          failed(task);
        }
      }
    }
  }

  private synchronized @Nullable Task next(@Nullable Task done) {
    if (done != null) {
      weight -= done.weight();
      notifyAll();
    }
    Task next = waiting.poll();
    running -= next == null ? 1 : 0;
    return next;
  }

  /** The lane ends with its task; the next offer, or another lane, takes what waits. */
  private synchronized void failed(Task task) {
    weight -= task.weight();
    running--;
    notifyAll();
  }

  /** Weight of what waits or runs. */
  synchronized long weight() {
    return weight;
  }
}
