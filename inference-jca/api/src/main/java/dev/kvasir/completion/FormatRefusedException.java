package dev.kvasir.completion;

import jakarta.ejb.ApplicationException;

/** Answers cannot be kept to the response format; the message says which part and where. */
@ApplicationException
public final class FormatRefusedException extends CompletionRefusedException {
  private static final long serialVersionUID = 1L;

  public FormatRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
