package dev.kvasir.web.completion;

/**
 * A request as it arrived.
 *
 * @param tenant who asks, as authenticated
 * @param epochMillis when it came
 */
record Arrival(String tenant, long epochMillis) {
  /** A request that comes now. */
  static Arrival now(String tenant) {
    return new Arrival(tenant, System.currentTimeMillis());
  }
}
