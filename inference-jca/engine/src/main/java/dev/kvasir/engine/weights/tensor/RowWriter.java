package dev.kvasir.engine.weights.tensor;

import dev.kvasir.engine.weights.NumberType;
import dev.kvasir.engine.weights.numbers.BFloat16;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;

/** Writes rows of floats, one behind the other, in the graph's number format. */
@FunctionalInterface
interface RowWriter {
  void write(float[] row);

  /**
   * A writer from the start of a buffer.
   *
   * @param columns length of every row
   * @param target little-endian
   */
  static RowWriter of(NumberType type, int columns, ByteBuffer target) {
    return switch (type) {
      case F32 -> {
        FloatBuffer floats = target.asFloatBuffer();
        yield floats::put;
      }
      case BF16 -> bf16(columns, target.asShortBuffer());
    };
  }

  private static RowWriter bf16(int columns, ShortBuffer target) {
    short[] rounded = new short[columns];
    return row -> {
      for (int i = 0; i < columns; i++) {
        rounded[i] = BFloat16.round(row[i]);
      }
      target.put(rounded);
    };
  }
}
