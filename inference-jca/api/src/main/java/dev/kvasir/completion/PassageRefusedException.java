package dev.kvasir.completion;

import jakarta.ejb.ApplicationException;

/** A passage does not stand in the prompt; the message says which. */
@ApplicationException
public final class PassageRefusedException extends CompletionRefusedException {
  private static final long serialVersionUID = 1L;

  public PassageRefusedException(String message) {
    super(message);
  }
}
