package dev.kvasir.web.completion;

/**
 * A request as it arrived.
 *
 * @param id by which it is found again
 * @param tenant who asks, as authenticated
 * @param epochMillis when it came, for the client
 * @param nanos likewise by {@link System#nanoTime}, to measure from
 */
record Arrival(String id, String tenant, long epochMillis, long nanos) {
  /** A request that comes now. */
  static Arrival now(String id, String tenant) {
    return new Arrival(id, tenant, System.currentTimeMillis(), System.nanoTime());
  }
}
