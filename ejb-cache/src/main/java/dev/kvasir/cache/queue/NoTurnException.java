package dev.kvasir.cache.queue;

import dev.kvasir.cache.Refusal;

/** A request that did not get its turn; the message says why, and when to come again. */
public final class NoTurnException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Refusal reason;
  private final int retryAfterSeconds;

  NoTurnException(Refusal reason, String why, int retryAfterSeconds) {
    super("%s; come again in about %d s".formatted(why, retryAfterSeconds));
    this.reason = reason;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** Why. */
  public Refusal reason() {
    return reason;
  }

  /** When to come again: at least 1. */
  public int retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
