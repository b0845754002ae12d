package dev.kvasir.completion;

import jakarta.ejb.ApplicationException;

/** All decode slots stayed busy for as long as a request may wait. */
@ApplicationException
public class NoDecodeSlotException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NoDecodeSlotException(String message) {
    super(message);
  }

  public NoDecodeSlotException(String message, Throwable cause) {
    super(message, cause);
  }
}
