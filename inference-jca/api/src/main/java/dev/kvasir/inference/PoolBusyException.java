package dev.kvasir.inference;

/** The block pool is held by other sequences; the slot is fine, and later there may be room. */
public class PoolBusyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PoolBusyException(String message) {
    super(message);
  }
}
