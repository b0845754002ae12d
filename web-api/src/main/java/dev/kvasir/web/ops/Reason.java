package dev.kvasir.web.ops;

/** Why something is down, in one line. */
final class Reason {
  private Reason() {}

  /** The innermost cause: containers wrap it. */
  static String of(Throwable failure) {
    Throwable innermost = failure;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    String message = innermost.getMessage();
    return message == null ? innermost.getClass().getSimpleName() : message;
  }
}
