package dev.kvasir.cache.guard;

import java.util.Locale;

/**
 * What is known of a circuit breaker from the calls that it lets through and refuses; the breaker
 * itself does not tell. Safe for all threads.
 */
final class CircuitState {
  /*
   *            refused            call begins            call succeeds (n times)
   *   CLOSED ----------> OPEN ---------------> HALF_OPEN ----------------> CLOSED
   *                       ^                        |
   *                       +---- call fails --------+
   *
   * OPEN is seen with the first refused call, so a breaker that nobody asks stays what it was.
   */
  private enum State {
    CLOSED,
    OPEN,
    HALF_OPEN
  }

  private final int successThreshold;

  /** Guarded by this. */
  private State state = State.CLOSED;

  /** Trials that succeeded in this HALF_OPEN. Guarded by this. */
  private int successes;

  CircuitState(int successThreshold) {
    this.successThreshold = successThreshold;
  }

  synchronized void refused() {
    state = State.OPEN;
  }

  synchronized void begins() {
    if (state == State.OPEN) {
      state = State.HALF_OPEN;
      successes = 0;
    }
  }

  synchronized void succeeded() {
    if (state == State.HALF_OPEN && ++successes >= successThreshold) {
      state = State.CLOSED;
    }
  }

  synchronized void failed() {
    if (state == State.HALF_OPEN) {
      state = State.OPEN;
    }
  }

  /** {@code closed}, {@code open} or {@code half_open}. */
  synchronized String label() {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
