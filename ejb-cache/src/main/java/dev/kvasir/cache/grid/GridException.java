package dev.kvasir.cache.grid;

import org.jspecify.annotations.Nullable;

/** The grid could not start, or did not do in time what it was asked for; the message says why. */
public final class GridException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What was expected, what came, what to do. */
  public GridException(String message) {
    this(message, null);
  }

  /** As above, with what lies beneath. */
  public GridException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
