package dev.kvasir.engine.weights.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.engine.weights.numbers.BFloat16;
import dev.kvasir.engine.weights.numbers.Float16;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each format against what Python's gguf makes of the same bytes (see resources/quants). */
class TensorFormatTest {
  private static final int NUMBERS = 512;

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "F32")
  void decode_referenceBytes_givesReferenceNumbersBitForBit(TensorFormat format)
      throws IOException {
    byte[] file = resource("/quants/" + format + ".bin");
    int stored = (int) format.bytes(NUMBERS);
    assertEquals(stored + 4 * NUMBERS, file.length);
    float[] decoded = new float[NUMBERS];
    format.decoder().decode(Arrays.copyOf(file, stored), decoded);
    ByteBuffer expected = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < NUMBERS; i++) {
      assertEquals(
          Float.floatToRawIntBits(expected.getFloat(stored + 4 * i)),
          Float.floatToRawIntBits(decoded[i]),
          "number " + i);
    }
  }

  @Test
  void float16_everyNumber_isItsDefinition() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      int exponent = bits >> 10 & 0x1F;
      int fraction = bits & 0x3FF;
      float actual = Float16.toFloat((short) bits);
      if (exponent == 0x1F) {
        assertEquals(fraction != 0, Float.isNaN(actual));
        assertEquals(fraction == 0, Float.isInfinite(actual));
      } else {
        float magnitude =
            exponent == 0
                ? Math.scalb((float) fraction, -24)
                : Math.scalb((float) (fraction + 1024), exponent - 25);
        assertEquals(magnitude, Math.abs(actual), 0f);
      }
      assertEquals(bits >> 15, Float.floatToRawIntBits(actual) >>> 31);
    }
  }

  @Test
  void bfloat16_everyNumber_roundsToItself() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      float value = BFloat16.toFloat((short) bits);
      if (Float.isNaN(value)) {
        assertTrue(Float.isNaN(BFloat16.toFloat(BFloat16.round(value))));
      } else {
        assertEquals((short) bits, BFloat16.round(value));
      }
    }
  }

  @Test
  void bfloat16_numbersBetween_roundToNearestAndTiesToEven() {
    for (int upper : new int[] {0x0000, 0x3F80, 0x3F81, 0x7F7E, 0x8001, 0xC0FF, 0xBF80}) {
      short down = (short) upper;
      short up = (short) (upper + 1);
      short even = (upper & 1) == 0 ? down : up;
      assertEquals(down, BFloat16.round(Float.intBitsToFloat(upper << 16 | 0x7FFF)));
      assertEquals(even, BFloat16.round(Float.intBitsToFloat(upper << 16 | 0x8000)));
      assertEquals(up, BFloat16.round(Float.intBitsToFloat(upper << 16 | 0x8001)));
    }
    assertEquals((short) 0x7F80, BFloat16.round(Float.MAX_VALUE));
    assertTrue(Float.isNaN(BFloat16.toFloat(BFloat16.round(Float.intBitsToFloat(0x7F800001)))));
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = TensorFormatTest.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }
}
