package dev.kvasir.cache.alerts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a rule stands.
 *
 * @param rule which
 * @param state of it
 * @param since when; null if it never was otherwise
 * @param value that it was compared by; NaN if that cannot be told yet
 */
public record Alert(AlertRule rule, State state, @Nullable Instant since, double value) {
  /** Whether a rule is broken. */
  public enum State {
    /** It is not. */
    QUIET,
    /** It is, but not for long enough. */
    PENDING,
    /** It is. */
    FIRING
  }
}
