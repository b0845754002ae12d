package dev.kvasir.cache.queue;

import dev.kvasir.cache.QueueStats;
import dev.kvasir.cache.Refusal;
import dev.kvasir.cache.Ticker;
import dev.kvasir.completion.Priority;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one queue before a node's decode slots: lets in as many requests as there are slots, the
 * others in {@link FairOrder}. Safe for all threads; who waits waits on its own.
 */
public final class SlotQueue {
  /*
   * One lock for the order and for what became of each ticket: a turn is given, refused or given up under it, so none
   * is lost and none is given to somebody who has left. While a slot is free nobody waits.
   */
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final QueueRules rules;
  private final Ticker ticker;
  private final ReentrantLock lock = new ReentrantLock();
  private final FairOrder order; // guarded by lock, as are the next two
  private final HoldTime holdTime = new HoldTime();
  private int running;

  public SlotQueue(QueueRules rules, Ticker ticker) {
    this.rules = rules;
    this.ticker = ticker;
    order = new FairOrder(rules);
  }

  /**
   * Waits for a turn.
   *
   * @param wanted asked on this thread, about once a second; once false, the request leaves
   * @return to be closed when the request is done; null if it is not wanted any more
   * @throws NoTurnException if too many wait, or it has waited too long, or its thread is
   *     interrupted, which it still is then
   */
  public @Nullable Turn enter(Claim claim, BooleanSupplier wanted) {
    lock.lock();
    try {
      Ticket ticket = new Ticket(claim, ticker.read(), lock.newCondition());
      Ticket leaving = order.enter(ticket);
      if (leaving != null) {
        leaving.end(Ticket.State.DISPLACED);
      }
      admit();
      return await(ticket, wanted) ? new Turn(ticker.read()) : null;
    } finally {
      lock.unlock();
    }
  }

  /** Gives turns while there are slots for them. */
  private void admit() {
    assert lock.isHeldByCurrentThread();
    while (running < rules.slots()) {
      Ticket next = order.next(ticker.read());
      if (next == null) {
        return;
      }
      running++;
      next.end(Ticket.State.ADMITTED);
    }
  }

  /** Whether it has its turn; else it has left. */
  private boolean await(Ticket ticket, BooleanSupplier wanted) {
    assert lock.isHeldByCurrentThread();
    long deadline = ticket.arrivalNanos() + rules.waitNanos();
    try {
      while (ticket.state() == Ticket.State.WAITING) {
        long leftNanos = deadline - ticker.read();
        if (leftNanos <= 0) {
          order.leave(ticket);
          throw refusal(Refusal.NO_SLOT, waitedTooLong());
        }
        ticket.changed().awaitNanos(Math.min(leftNanos, LOOK_NANOS));
        if (ticket.state() == Ticket.State.WAITING && !staysWanted(ticket, wanted)) {
          return false;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      giveUp(ticket);
      throw refusal(Refusal.NO_SLOT, "the request was interrupted while it waited");
    }
    if (ticket.state() == Ticket.State.DISPLACED) {
      throw refusal(Refusal.QUEUE_FULL, full());
    }
    return true;
  }

  /** Asks without the lock, as that may take a while; who is not wanted has left then. */
  @SuppressWarnings("LockNotBeforeTry") // taken again
  private boolean staysWanted(Ticket ticket, BooleanSupplier wanted) {
    boolean stays = false;
    lock.unlock();
    try {
      stays = wanted.getAsBoolean();
    } finally {
      lock.lock();
      if (!stays) {
        giveUp(ticket);
      }
    }
    return stays;
  }

  private void giveUp(Ticket ticket) {
    switch (ticket.state()) {
      case WAITING -> order.leave(ticket);
      case ADMITTED -> leaveSlot();
      case DISPLACED -> {}
    }
  }

  private void leaveSlot() {
    assert lock.isHeldByCurrentThread();
    running--;
    admit();
  }

  private String waitedTooLong() {
    return "no decode slot became free within %d ms (kvasir.queue.wait.millis)"
        .formatted(TimeUnit.NANOSECONDS.toMillis(rules.waitNanos()));
  }

  private String full() {
    return "all %d decode slots are busy, and %d requests wait, the most that may (kvasir.queue.length)"
        .formatted(rules.slots(), rules.length());
  }

  private NoTurnException refusal(Refusal reason, String why) {
    return new NoTurnException(reason, why, retryAfterSeconds());
  }

  /** When a request that comes now would have its turn, at the rate of the last ones; 1 to 60. */
  public int retryAfterSeconds() {
    lock.lock();
    try {
      return holdTime.secondsFor(order.size() + 1, rules.slots());
    } finally {
      lock.unlock();
    }
  }

  /** Snapshot. */
  public QueueStats stats() {
    lock.lock();
    try {
      long now = ticker.read();
      return new QueueStats(
          order.size(Priority.HIGH, now),
          order.size(Priority.NORMAL, now),
          order.size(Priority.LOW, now),
          running,
          rules.slots());
    } finally {
      lock.unlock();
    }
  }

  /** The right to one slot. One thread. */
  public final class Turn implements AutoCloseable {
    private final long beginNanos;
    private boolean closed;

    private Turn(long beginNanos) {
      this.beginNanos = beginNanos;
    }

    /** Gives it to the next. Idempotent. */
    @Override
    public void close() {
      if (closed) {
        return;
      }
      closed = true;
      lock.lock();
      try {
        holdTime.add(ticker.read() - beginNanos);
        leaveSlot();
      } finally {
        lock.unlock();
      }
    }
  }
}
