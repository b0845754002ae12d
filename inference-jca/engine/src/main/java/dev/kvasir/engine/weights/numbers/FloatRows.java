package dev.kvasir.engine.weights.numbers;

/** Decoders of rows that are kept as floating point numbers, one by one. */
public final class FloatRows {
  private FloatRows() {}

  public static void f32(byte[] in, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = Float.intBitsToFloat(LittleEndian.intAt(in, 4 * i));
    }
  }

  public static void f16(byte[] in, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = Float16.at(in, 2 * i);
    }
  }

  public static void bf16(byte[] in, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = BFloat16.toFloat(LittleEndian.shortAt(in, 2 * i));
    }
  }
}
