package dev.kvasir.inference;

/** A response format that answers cannot be kept to; the message says which part and where. */
public final class ResponseFormatException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public ResponseFormatException(String message) {
    super(message);
  }
}
