package dev.kvasir.cache.tenants;

/** A group that was changed since it was seen. */
public final class StaleGroupException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String tag;

  /** Of a group as it is now. */
  public StaleGroupException(SharingGroup now) {
    super("group %s was changed meanwhile; read it, and decide anew".formatted(now.id()));
    tag = now.tag();
  }

  /** {@link SharingGroup#tag} of what it is now. */
  public String tag() {
    return tag;
  }
}
