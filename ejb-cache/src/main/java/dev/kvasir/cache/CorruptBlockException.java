package dev.kvasir.cache;

/** A stored block's bytes are not those that were stored; whoever finds it has taken it out. */
public final class CorruptBlockException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param message which block, and what is wrong with it
   */
  public CorruptBlockException(String message) {
    super(message, null, false, false);
  }
}
