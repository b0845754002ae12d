package dev.kvasir.cache.tenants;

/** A text that was changed since it was seen. */
public final class StaleTextException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String tag;

  /** Of a text as it is now. */
  public StaleTextException(SharedText now) {
    super(
        "they were changed meanwhile by %s; read them, and decide anew".formatted(now.changedBy()));
    tag = now.tag();
  }

  /** {@link SharedText#tag} of what it is now. */
  public String tag() {
    return tag;
  }
}
