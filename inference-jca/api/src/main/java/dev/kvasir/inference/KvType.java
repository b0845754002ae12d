package dev.kvasir.inference;

/** Number format of K/V in a block. */
public enum KvType {
  BF16(2),
  F32(4);

  private final int bytes;

  KvType(int bytes) {
    this.bytes = bytes;
  }

  /** Size of one number in bytes. */
  public int bytes() {
    return bytes;
  }
}
