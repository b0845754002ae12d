package dev.kvasir.engine.weights;

/** How a file keeps a tensor's numbers: in blocks along the row, each of a fixed length. */
enum TensorFormat {
  F32(1, 4),
  F16(1, 2),
  BF16(1, 2);

  private final int blockNumbers;
  private final int blockBytes;

  TensorFormat(int blockNumbers, int blockBytes) {
    this.blockNumbers = blockNumbers;
    this.blockBytes = blockBytes;
  }

  /** Numbers that one block holds; rows are whole blocks. */
  int blockNumbers() {
    return blockNumbers;
  }

  /** Bytes of {@code numbers} numbers, whole blocks. */
  long bytes(long numbers) {
    return Math.multiplyExact(numbers / blockNumbers, (long) blockBytes);
  }

  RowDecoder decoder() {
    return switch (this) {
      case F32 -> FloatRows::f32;
      case F16 -> FloatRows::f16;
      case BF16 -> FloatRows::bf16;
    };
  }

  /** Whether the file keeps the very bytes that the graph wants. */
  boolean is(NumberType type) {
    return switch (type) {
      case BF16 -> this == BF16;
      case F32 -> this == F32;
    };
  }
}
