package dev.kvasir.cache.accesslog;

import dev.kvasir.cache.Ticker;
import dev.kvasir.cache.request.FinishedRequest;
import dev.kvasir.cache.stats.LogLimit;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes down requests, behind their backs. Safe for all threads. */
public final class AccessLog implements Consumer<FinishedRequest>, AutoCloseable {
  /*
   * A request's thread only puts it into a bounded queue; at most one task drains that into the
   * file. What does not fit is dropped and counted: a disk that stands still must not hold requests.
   * A line that cannot be written counts as dropped, too.
   *
   * Locks: file while lines are made and written; this for the queue, also inside the other.
   */
  private static final System.Logger LOG = System.getLogger(AccessLog.class.getName());
  private static final int QUEUE_REQUESTS = 4_096;

  private final RotatingFile file;
  private final AccessLine lines;
  private final Executor executor;
  private final Runnable countDrop;
  private final LongAdder dropped = new LongAdder();
  private final LogLimit failureLog = new LogLimit(Ticker.system());

  /** Guarded by this. */
  private final ArrayDeque<FinishedRequest> queue = new ArrayDeque<>();

  /** Whether a task drains the queue. Guarded by this. */
  private boolean draining;

  /** Guarded by this. */
  private boolean closed;

  /**
   * Opens the files.
   *
   * @param clusterSecret hides the names of blocks
   * @param executor runs the one task that writes; may run it at once
   * @param countDrop hears of each request that is not in the log
   * @throws java.io.UncheckedIOException if the folder cannot be written
   */
  public AccessLog(
      AccessLogRules rules, String clusterSecret, Executor executor, Runnable countDrop) {
    file = new RotatingFile(rules);
    lines = new AccessLine(new BlockAliases(clusterSecret));
    this.executor = executor;
    this.countDrop = countDrop;
  }

  private void drop() {
    dropped.increment();
    countDrop.run();
  }

  @Override
  public void accept(FinishedRequest request) {
    synchronized (this) {
      if (closed || queue.size() == QUEUE_REQUESTS) {
        drop();
        return;
      }
      queue.add(request);
      if (draining) {
        return;
      }
      draining = true;
    }
    try {
      executor.execute(this::drain);
    } catch (RejectedExecutionException e) { // the server is stopping: close() writes the rest
      stopDraining();
    }
  }

  private void drain() {
    synchronized (file) {
      try {
        for (FinishedRequest request = next(); request != null; request = next()) {
          write(request);
        }
      } catch (Error e) { // the next request starts another task
        stopDraining();
        throw e;
      }
    }
  }

  private synchronized @Nullable FinishedRequest next() {
    FinishedRequest request = queue.poll();
    draining = request != null;
    return request;
  }

  private synchronized void stopDraining() {
    draining = false;
  }

  /** Under the file's lock. */
  private void write(FinishedRequest request) {
    Exception failure;
    try {
      failure = file.write(lines.of(request));
    } catch (RuntimeException e) {
      failure = e;
    }
    if (failure != null) {
      drop();
      if (failureLog.allows()) {
        LOG.log(
            Level.WARNING,
            "KVASIR2004: a request could not be written to the access log ({0}); {1} are missing since the start",
            failure,
            dropped.sum());
      }
    }
  }

  /** Writes what waits, and takes no more. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    drain();
    synchronized (file) {
      file.close();
    }
  }
}
