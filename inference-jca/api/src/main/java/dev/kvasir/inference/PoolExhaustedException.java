package dev.kvasir.inference;

/** The block pool cannot hold the sequence; the slot is fine. */
public class PoolExhaustedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PoolExhaustedException(String message) {
    super(message);
  }
}
