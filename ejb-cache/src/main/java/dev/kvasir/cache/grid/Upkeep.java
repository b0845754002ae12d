package dev.kvasir.cache.grid;

import com.hazelcast.client.HazelcastClientOfflineException;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import dev.kvasir.cache.Ticker;
import dev.kvasir.cache.stats.LogLimit;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The grid's periodic work, on somebody else's threads, until closed. */
final class Upkeep implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Upkeep.class.getName());

  private final ScheduledExecutorService scheduler;
  private final List<Future<?>> tasks = new ArrayList<>(); // starting thread only
  private volatile boolean closed;

  Upkeep(ScheduledExecutorService scheduler) {
    this.scheduler = scheduler;
  }

  /** Repeats a task; a failure is logged once a minute, and the next round comes all the same. */
  void every(Duration period, String what, Runnable task) {
    long millis = period.toMillis();
    LogLimit limit = new LogLimit(Ticker.system());
    tasks.add(
        scheduler.scheduleWithFixedDelay(
            () -> run(what, task, limit), millis, millis, TimeUnit.MILLISECONDS));
  }

  /** Does a task once, later. */
  void soon(Duration delay, String what, Runnable task) {
    if (!closed) {
      LogLimit limit = new LogLimit(Ticker.system());
      Future<?> unused =
          scheduler.schedule(() -> run(what, task, limit), delay.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void run(String what, Runnable task, LogLimit limit) {
    if (closed) {
      return;
    }
    try {
      task.run();
    } catch (HazelcastInstanceNotActiveException | HazelcastClientOfflineException e) {
      LOG.log(Level.DEBUG, "{0}: the grid is stopping, or away", what);
    } catch (RuntimeException e) {
      if (limit.allows()) {
        LOG.log(Level.WARNING, "KVASIR3006: " + what + " failed; the next round tries again", e);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    tasks.forEach(task -> task.cancel(false));
  }
}
