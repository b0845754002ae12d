package dev.kvasir.engine.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Function;

/**
 * A tensor for a test's model file: its numbers, small enough to be exact in every float format.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record TestingTensor(long[] shape, float[] numbers) {
  public byte[] f32() {
    byte[] bytes = new byte[4 * numbers.length];
    ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (float number : numbers) {
      out.putFloat(number);
    }
    return bytes;
  }

  public byte[] bf16() {
    return halves(number -> Float.floatToRawIntBits(number) >> 16);
  }

  /** For normal numbers and zero. */
  public byte[] f16() {
    return halves(
        number -> {
          int bits = Float.floatToRawIntBits(number);
          int exponent = (bits >> 23 & 0xFF) - 127 + 15;
          int magnitude = number == 0 ? 0 : (exponent << 10) + (bits >> 13 & 0x3FF);
          return (bits >> 16 & 0x8000) + magnitude;
        });
  }

  private byte[] halves(Function<Float, Integer> format) {
    byte[] bytes = new byte[2 * numbers.length];
    ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (float number : numbers) {
      out.putShort(format.apply(number).shortValue());
    }
    return bytes;
  }
}
