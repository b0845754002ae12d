package dev.kvasir.engine.weights.tensor;

import dev.kvasir.engine.weights.NumberType;
import dev.kvasir.engine.weights.numbers.FloatRows;
import dev.kvasir.engine.weights.numbers.KQuants;
import dev.kvasir.engine.weights.numbers.LegacyQuants;
import dev.kvasir.engine.weights.numbers.RowDecoder;

/** How a file keeps a tensor's numbers: in blocks along the row, each of a fixed length. */
public enum TensorFormat {
  F32(1, 4),
  F16(1, 2),
  BF16(1, 2),
  Q8_0(LegacyQuants.BLOCK, 34),
  Q4_0(LegacyQuants.BLOCK, 18),
  Q4_1(LegacyQuants.BLOCK, 20),
  Q5_0(LegacyQuants.BLOCK, 22),
  Q5_1(LegacyQuants.BLOCK, 24),
  Q4_K(KQuants.SUPER_BLOCK, 144),
  Q5_K(KQuants.SUPER_BLOCK, 176),
  Q6_K(KQuants.SUPER_BLOCK, 210);

  private final int blockNumbers;
  private final int blockBytes;

  TensorFormat(int blockNumbers, int blockBytes) {
    this.blockNumbers = blockNumbers;
    this.blockBytes = blockBytes;
  }

  /** Numbers that one block holds; rows are whole blocks. */
  public int blockNumbers() {
    return blockNumbers;
  }

  /** Bytes of {@code numbers} numbers, whole blocks. */
  public long bytes(long numbers) {
    return Math.multiplyExact(numbers / blockNumbers, (long) blockBytes);
  }

  /** Whether the file keeps the very bytes that the graph wants. */
  public boolean is(NumberType type) {
    return switch (type) {
      case BF16 -> this == BF16;
      case F32 -> this == F32;
    };
  }

  RowDecoder decoder() {
    return switch (this) {
      case F32 -> FloatRows::f32;
      case F16 -> FloatRows::f16;
      case BF16 -> FloatRows::bf16;
      case Q8_0 -> LegacyQuants::q8Zero;
      case Q4_0 -> LegacyQuants::q4Zero;
      case Q4_1 -> LegacyQuants::q4One;
      case Q5_0 -> LegacyQuants::q5Zero;
      case Q5_1 -> LegacyQuants::q5One;
      case Q4_K -> KQuants::q4;
      case Q5_K -> KQuants::q5;
      case Q6_K -> KQuants::q6;
    };
  }
}
