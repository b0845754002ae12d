package dev.kvasir.cache.queue;

import dev.kvasir.completion.Priority;
import java.util.concurrent.locks.Condition;

/** A request's place in the queue. Guarded by the queue's lock. */
final class Ticket {
  /** What became of it. */
  enum State {
    WAITING,
    /** It runs. */
    ADMITTED,
    /** It left for another one, as the queue was full. */
    DISPLACED
  }

  private final Claim claim;
  private final long arrivalNanos;
  private final Condition changed;
  private Priority priority;
  private long priorityNanos;
  private State state = State.WAITING;

  /**
   * @param arrivalNanos when it comes
   * @param changed of the queue's lock; signalled when it waits no more
   */
  Ticket(Claim claim, long arrivalNanos, Condition changed) {
    this.claim = claim;
    this.arrivalNanos = arrivalNanos;
    this.changed = changed;
    priority = claim.priority();
    priorityNanos = arrivalNanos;
  }

  Claim claim() {
    return claim;
  }

  long arrivalNanos() {
    return arrivalNanos;
  }

  Condition changed() {
    return changed;
  }

  /** That of the claim, or a higher one with age. */
  Priority priority() {
    return priority;
  }

  /** Since when it has this priority. */
  long priorityNanos() {
    return priorityNanos;
  }

  /** To the next priority, which it has since it had the last one so long. */
  void raise(long agingNanos) {
    priority = priority.raised();
    priorityNanos += agingNanos;
  }

  State state() {
    return state;
  }

  void end(State outcome) {
    state = outcome;
    changed.signal();
  }
}
