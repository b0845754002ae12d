package dev.kvasir.cache.route;

/**
 * How busy a node is.
 *
 * @param running requests in its decode slots
 * @param waiting requests that wait for one
 * @param slots most requests that run, 1 or more
 * @param draining whether it takes no new requests
 */
public record NodeLoad(int running, int waiting, int slots, boolean draining) {
  /** Requests for each slot. */
  double perSlot() {
    return (running + waiting) / (double) slots;
  }
}
