package dev.kvasir.completion;

import jakarta.ejb.ApplicationException;

/** The prompt and the tokens asked for do not fit the model's context. */
@ApplicationException
public class ContextLengthExceededException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ContextLengthExceededException(String message) {
    super(message);
  }
}
