package dev.kvasir.completion;

import jakarta.ejb.ApplicationException;

/** Engine or adapter failed; the request may be sent again. */
@ApplicationException
public class CompletionFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CompletionFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
