package dev.kvasir.engine.weights;

/** Number format in which weights are handed to the graph. */
public enum NumberType {
  BF16(2),
  F32(4);

  private final int bytes;

  NumberType(int bytes) {
    this.bytes = bytes;
  }

  /** Size of one number in bytes. */
  public int bytes() {
    return bytes;
  }
}
