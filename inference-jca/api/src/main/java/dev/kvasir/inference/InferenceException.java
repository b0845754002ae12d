package dev.kvasir.inference;

/**
 * The engine failed: the graph, native memory, or a stop in the middle. The decode slot is not used
 * again.
 */
public class InferenceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InferenceException(String message) {
    super(message);
  }

  public InferenceException(String message, Throwable cause) {
    super(message, cause);
  }
}
