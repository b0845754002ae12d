package dev.kvasir.engine.weights;

/**
 * A model that cannot be loaded; the message names the file or tensor, what was found, and what is
 * needed.
 */
public class ModelLoadException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ModelLoadException(String message) {
    super(message);
  }

  public ModelLoadException(String message, Throwable cause) {
    super(message, cause);
  }
}
