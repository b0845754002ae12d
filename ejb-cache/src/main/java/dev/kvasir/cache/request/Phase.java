package dev.kvasir.cache.request;

import java.util.Locale;

/** The parts of a request's time, in the order in which they begin. */
public enum Phase {
  /** Reading it, the chat template and the tokens. */
  TEMPLATE,
  /** Waiting for its turn and a decode slot. */
  QUEUE,
  /** Finding cached blocks, waiting for others that compute them, and fetching their bytes. */
  LOOKUP,
  /** Waiting for blocks of the engine's pool. */
  OPEN,
  /** Checking the bytes, and putting them into the pool. */
  LOAD,
  /** Computing the rest of the prompt, the steps of others between included. */
  PREFILL,
  /** Offering the prompt's blocks to all nodes; they are carried later. */
  PUBLISH,
  /** All tokens after the first, and the time in which the client took them. */
  DECODE;

  /** The name in logs and traces: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * When a phase was, counted from the request's arrival.
   *
   * @param beginNanos first began
   * @param endNanos last ended
   * @param busyNanos that it took, without other phases in between
   */
  public record Span(long beginNanos, long endNanos, long busyNanos) {
    Span plus(Span later) {
      return new Span(beginNanos, later.endNanos, busyNanos + later.busyNanos);
    }
  }
}
