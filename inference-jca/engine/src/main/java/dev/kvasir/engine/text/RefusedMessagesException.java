package dev.kvasir.engine.text;

/** What a chat template says by {@code raise_exception}. */
final class RefusedMessagesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RefusedMessagesException(String message) {
    super(message);
  }
}
