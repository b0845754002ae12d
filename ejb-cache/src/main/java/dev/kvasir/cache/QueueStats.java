package dev.kvasir.cache;

/**
 * Snapshot of the queue before this node's decode slots.
 *
 * @param high requests that wait at high priority, those included that moved up with age
 * @param normal likewise
 * @param low likewise
 * @param running requests that have had their turn and are not done
 * @param slots most of those
 */
public record QueueStats(int high, int normal, int low, int running, int slots) {
  /** Requests that wait. */
  public int waiting() {
    return high + normal + low;
  }
}
