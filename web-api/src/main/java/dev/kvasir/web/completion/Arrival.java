package dev.kvasir.web.completion;

/**
 * A request as it arrived.
 *
 * @param tenant who asks, as authenticated
 * @param epochMillis when it came, for the client
 * @param nanos likewise by {@link System#nanoTime}, to measure from
 */
record Arrival(String tenant, long epochMillis, long nanos) {
  /** A request that comes now. */
  static Arrival now(String tenant) {
    return new Arrival(tenant, System.currentTimeMillis(), System.nanoTime());
  }
}
