package dev.kvasir.engine.weights.numbers;

/** IEEE 754 binary16: 5 bits of exponent, 10 of fraction. */
public final class Float16 {
  /** 2^112: the difference of the two exponents' biases, applied by a product. */
  private static final float REBIAS = 0x1p112f;

  private Float16() {}

  /** The number in two bytes, little-endian. */
  static float at(byte[] bytes, int offset) {
    return toFloat(LittleEndian.shortAt(bytes, offset));
  }

  /** Exact, subnormal numbers, infinities and NaN included. */
  public static float toFloat(short bits) {
    int sign = (bits & 0x8000) << 16;
    int magnitude = (bits & 0x7fff) << 13;
    int value =
        magnitude >= 0x1f << 23
            ? magnitude | 0x7f800000 // infinity or NaN
            : Float.floatToRawIntBits(Float.intBitsToFloat(magnitude) * REBIAS);
    return Float.intBitsToFloat(sign | value);
  }
}
