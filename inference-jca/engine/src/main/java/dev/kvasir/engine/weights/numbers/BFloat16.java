package dev.kvasir.engine.weights.numbers;

/** The upper half of an IEEE single: 8 bits of exponent, 7 of fraction. */
public final class BFloat16 {
  private BFloat16() {}

  /** Rounds to nearest, ties to even; NaN stays NaN. */
  public static short round(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) ((bits >>> 16) | 0x40); // quiet: a payload in the lower half must not vanish
    }
    int tieToEven = 0x7fff + ((bits >>> 16) & 1);
    return (short) ((bits + tieToEven) >>> 16);
  }

  public static float toFloat(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }
}
