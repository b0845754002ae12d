package dev.kvasir.completion;

import jakarta.ejb.ApplicationException;

/** The request cannot be served as it is; the message says what to change. */
@ApplicationException
public class CompletionRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CompletionRefusedException(String message) {
    super(message);
  }

  public CompletionRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
