package dev.kvasir.completion;

import jakarta.ejb.ApplicationException;

/** All decode slots stayed busy for as long as a request may wait, or too many requests wait. */
@ApplicationException
public class NoDecodeSlotException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int retryAfterSeconds;

  /** One that is worth trying again in a second. */
  public NoDecodeSlotException(String message) {
    super(message);
    retryAfterSeconds = 1;
  }

  /**
   * @param retryAfterSeconds when it is worth trying again, at least 1
   */
  public NoDecodeSlotException(String message, int retryAfterSeconds) {
    super(message);
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /**
   * @param retryAfterSeconds when it is worth trying again, at least 1
   */
  public NoDecodeSlotException(String message, int retryAfterSeconds, Throwable cause) {
    super(message, cause);
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** When it is worth trying again, as far as can be said; at least 1. */
  public int retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
