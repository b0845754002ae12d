package dev.kvasir.cache.flight;

import java.util.Locale;

/** What became of a wait for another request's computation. */
public enum FlightOutcome {
  /** All that both lack is computed. */
  COMPUTED,
  /** The other one failed, was given up, or its member has left. */
  FREED,
  /** It took longer than computing alone would have. */
  TIMEOUT,
  /** Who waited is not wanted any more: its client has left. */
  CANCELLED;

  /** The name in metrics: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
