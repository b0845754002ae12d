package dev.kvasir.cache.queue;

/**
 * Bounds of the queue; all at least 1.
 *
 * @param slots requests that run at a time
 * @param length most requests that wait
 * @param waitNanos longest wait of one
 * @param agingNanos after which a waiting request moves up a priority
 * @param quantumTokens that a tenant may use before it is the next one's turn
 */
public record QueueRules(
    int slots, int length, long waitNanos, long agingNanos, int quantumTokens) {
  /** As many requests run as come: none waits here. */
  public static final QueueRules NO_WAITING = new QueueRules(Integer.MAX_VALUE, 1, 1, 1, 1);

  public QueueRules {
    if (Math.min(slots, length) < 1 || Math.min(waitNanos, agingNanos) < 1 || quantumTokens < 1) {
      throw new IllegalArgumentException("a bound of the queue is below 1");
    }
  }
}
