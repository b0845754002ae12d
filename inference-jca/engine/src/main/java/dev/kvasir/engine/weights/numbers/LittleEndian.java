package dev.kvasir.engine.weights.numbers;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in byte arrays, as model files keep them. */
public final class LittleEndian {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private LittleEndian() {}

  public static short shortAt(byte[] bytes, int offset) {
    return (short) SHORT.get(bytes, offset);
  }

  public static int intAt(byte[] bytes, int offset) {
    return (int) INT.get(bytes, offset);
  }

  public static long longAt(byte[] bytes, int offset) {
    return (long) LONG.get(bytes, offset);
  }
}
