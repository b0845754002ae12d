package dev.kvasir.engine.weights;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Decoders of rows that are kept as floating point numbers, one by one. */
final class FloatRows {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private FloatRows() {}

  static void f32(byte[] in, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = Float.intBitsToFloat((int) INT.get(in, 4 * i));
    }
  }

  static void f16(byte[] in, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = Float16.toFloat((short) SHORT.get(in, 2 * i));
    }
  }

  static void bf16(byte[] in, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = BFloat16.toFloat((short) SHORT.get(in, 2 * i));
    }
  }
}
