package dev.kvasir.cache.audit;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** The trail of one node: its own events and those that others tell of, kept in its store. */
public final class StoredAudit implements AuditTrail {
  /*
   * record() must not wait for a disk, so events go through a bounded queue that one task at a time
   * empties. A flood of failed log-ins that fills it loses events, which is counted and said; a
   * disk that fails keeps them in the queue for the next event's task, until it is full.
   */
  private static final System.Logger LOG = System.getLogger(StoredAudit.class.getName());
  private static final int QUEUE = 10_000;
  private static final int BATCH = 500;

  private final String node;
  private final int keep;
  private final AuditStore store;
  private final AuditFeed feed;
  private final Executor executor;
  private final AuditIds ids;
  private final BlockingQueue<AuditRecord> waiting = new ArrayBlockingQueue<>(QUEUE);
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final AtomicLong lost = new AtomicLong();
  private int sincePruning = BATCH; // guarded by this

  /**
   * @param node its name
   * @param keep most events kept; the oldest leave first
   * @param executor runs the task that writes
   */
  public StoredAudit(String node, int keep, AuditStore store, AuditFeed feed, Executor executor) {
    this.node = node;
    this.keep = keep;
    this.store = store;
    this.feed = feed;
    this.executor = executor;
    this.ids = new AuditIds(node);
    feed.listen(this::keepForLater);
  }

  @Override
  public void record(AuditEvent event) {
    AuditRecord kept = new AuditRecord(ids.next(event.when()), node, event);
    keepForLater(kept);
    try {
      feed.publish(kept);
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "an audit event stays with this node", e);
    }
  }

  @Override
  public AuditPage find(AuditQuery query) {
    write();
    return store.find(query);
  }

  /** Events that found the queue full. */
  public long lost() {
    return lost.get();
  }

  private void keepForLater(AuditRecord kept) {
    if (!waiting.offer(kept) && lost.getAndIncrement() % QUEUE == 0) {
      LOG.log(
          Level.WARNING,
          "KVASIR5002: audit events are lost: {0} wait already; see whether the disk is slow or"
              + " full",
          QUEUE);
    }
    if (scheduled.compareAndSet(false, true)) {
      try {
        executor.execute(this::writeInTask);
      } catch (RejectedExecutionException e) {
        scheduled.set(false); // stopping; close() writes what is left
      }
    }
  }

  private void writeInTask() {
    scheduled.set(false);
    try {
      write();
    } catch (RuntimeException e) {
      LOG.log(
          Level.WARNING,
          "KVASIR5003: audit events are not on disk yet ({0}); the next one tries again",
          e.toString());
    }
  }

  /** Writes all that waits. */
  public synchronized void write() {
    List<AuditRecord> batch = new ArrayList<>();
    while (waiting.drainTo(batch, BATCH) > 0) {
      try {
        store.append(batch);
      } catch (RuntimeException e) {
        batch.forEach(waiting::offer);
        throw e;
      }
      sincePruning += batch.size();
      batch.clear();
    }
    if (sincePruning >= BATCH) {
      store.prune(keep);
      sincePruning = 0;
    }
  }
}
