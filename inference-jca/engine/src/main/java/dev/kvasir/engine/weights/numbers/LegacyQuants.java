package dev.kvasir.engine.weights.numbers;

/**
 * Decoders of ggml's first quantized formats: blocks of 32 numbers with one scale {@code d} as a
 * half float, in the {@code _1} formats an offset {@code m} too. Formulas as in ggml-quants.c,
 * dequantize_row_q4_0 and its siblings; the order of float operations is theirs, so results are
 * equal bit for bit.
 */
public final class LegacyQuants {
  /** Numbers in a block: the lower halves of its bytes hold the first 16, the upper the others. */
  public static final int BLOCK = 32;

  private static final int HALF = BLOCK / 2;

  private LegacyQuants() {}

  /** Block: d, 16 bytes. Number = (q - 8) * d. */
  public static void q4Zero(byte[] in, float[] out) {
    for (int from = 0, to = 0; to < out.length; from += 18, to += BLOCK) {
      float d = Float16.at(in, from);
      for (int i = 0; i < HALF; i++) {
        int pair = in[from + 2 + i];
        out[to + i] = ((pair & 0xF) - 8) * d;
        out[to + i + HALF] = ((pair >> 4 & 0xF) - 8) * d;
      }
    }
  }

  /** Block: d, m, 16 bytes. Number = q * d + m. */
  public static void q4One(byte[] in, float[] out) {
    for (int from = 0, to = 0; to < out.length; from += 20, to += BLOCK) {
      float d = Float16.at(in, from);
      float m = Float16.at(in, from + 2);
      for (int i = 0; i < HALF; i++) {
        int pair = in[from + 4 + i];
        out[to + i] = (pair & 0xF) * d + m;
        out[to + i + HALF] = (pair >> 4 & 0xF) * d + m;
      }
    }
  }

  /** Block: d, 32 fifth bits, 16 bytes. Number = (q - 16) * d. */
  public static void q5Zero(byte[] in, float[] out) {
    for (int from = 0, to = 0; to < out.length; from += 22, to += BLOCK) {
      float d = Float16.at(in, from);
      int fifth = LittleEndian.intAt(in, from + 2);
      for (int i = 0; i < HALF; i++) {
        int pair = in[from + 6 + i];
        out[to + i] = (((pair & 0xF) | (fifth >>> i << 4 & 0x10)) - 16) * d;
        out[to + i + HALF] = (((pair >> 4 & 0xF) | (fifth >>> (i + 12) & 0x10)) - 16) * d;
      }
    }
  }

  /** Block: d, m, 32 fifth bits, 16 bytes. Number = q * d + m. */
  public static void q5One(byte[] in, float[] out) {
    for (int from = 0, to = 0; to < out.length; from += 24, to += BLOCK) {
      float d = Float16.at(in, from);
      float m = Float16.at(in, from + 2);
      int fifth = LittleEndian.intAt(in, from + 4);
      for (int i = 0; i < HALF; i++) {
        int pair = in[from + 8 + i];
        out[to + i] = ((pair & 0xF) | (fifth >>> i << 4 & 0x10)) * d + m;
        out[to + i + HALF] = ((pair >> 4 & 0xF) | (fifth >>> (i + 12) & 0x10)) * d + m;
      }
    }
  }

  /** Block: d, 32 signed bytes. Number = q * d. */
  public static void q8Zero(byte[] in, float[] out) {
    for (int from = 0, to = 0; to < out.length; from += 34, to += BLOCK) {
      float d = Float16.at(in, from);
      for (int i = 0; i < BLOCK; i++) {
        out[to + i] = in[from + 2 + i] * d;
      }
    }
  }
}
