package dev.kvasir.cache;

import org.jspecify.annotations.Nullable;

/** What all nodes share cannot be reached now, or did not answer in time; ask again later. */
public class CacheUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CacheUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
