package dev.kvasir.engine.weights.numbers;

/**
 * Decoders of ggml's K-quants: super-blocks of 256 numbers with a half float scale {@code d}, cut
 * into smaller blocks with integer scales of their own. Formulas as in ggml-quants.c,
 * dequantize_row_q4_K and its siblings; the order of float operations is theirs, so results are
 * equal bit for bit.
 */
public final class KQuants {
  /** Numbers in a super-block. */
  public static final int SUPER_BLOCK = 256;

  private KQuants() {}

  /**
   * Super-block: d, dmin, 12 bytes of scales and minima, 128 bytes; 8 blocks of 32. Number = d *
   * scale * q - dmin * min.
   */
  public static void q4(byte[] in, float[] out) {
    for (int from = 0, to = 0; to < out.length; from += 144, to += SUPER_BLOCK) {
      float d = Float16.at(in, from);
      float dmin = Float16.at(in, from + 2);
      int scales = from + 4;
      int numbers = from + 16;
      for (int block = 0; block < 8; block += 2, numbers += 32) {
        float d1 = d * scale(in, scales, block);
        float m1 = dmin * minimum(in, scales, block);
        float d2 = d * scale(in, scales, block + 1);
        float m2 = dmin * minimum(in, scales, block + 1);
        int target = to + 32 * block;
        for (int i = 0; i < 32; i++) {
          int pair = in[numbers + i];
          out[target + i] = d1 * (pair & 0xF) - m1;
          out[target + i + 32] = d2 * (pair >> 4 & 0xF) - m2;
        }
      }
    }
  }

  /**
   * Super-block: d, dmin, 12 bytes of scales and minima, 32 bytes of fifth bits (bit b of byte i:
   * number i of block b), 128 bytes; 8 blocks of 32. Number = d * scale * q - dmin * min.
   */
  public static void q5(byte[] in, float[] out) {
    for (int from = 0, to = 0; to < out.length; from += 176, to += SUPER_BLOCK) {
      float d = Float16.at(in, from);
      float dmin = Float16.at(in, from + 2);
      int scales = from + 4;
      int fifths = from + 16;
      int numbers = from + 48;
      for (int block = 0; block < 8; block += 2, numbers += 32) {
        float d1 = d * scale(in, scales, block);
        float m1 = dmin * minimum(in, scales, block);
        float d2 = d * scale(in, scales, block + 1);
        float m2 = dmin * minimum(in, scales, block + 1);
        int target = to + 32 * block;
        for (int i = 0; i < 32; i++) {
          int pair = in[numbers + i];
          int fifth = in[fifths + i] >> block;
          out[target + i] = d1 * ((pair & 0xF) | (fifth << 4 & 0x10)) - m1;
          out[target + i + 32] = d2 * ((pair >> 4 & 0xF) | (fifth << 3 & 0x10)) - m2;
        }
      }
    }
  }

  /**
   * Super-block: 128 bytes of lower four bits, 64 of upper two, 16 signed scales, d; 16 blocks of
   * 16. Number = d * scale * (q - 32).
   */
  public static void q6(byte[] in, float[] out) {
    for (int from = 0, to = 0; to < out.length; from += 210, to += SUPER_BLOCK) {
      float d = Float16.at(in, from + 208);
      for (int half = 0; half < 2; half++) {
        int low = from + 64 * half;
        int high = from + 128 + 32 * half;
        int scales = from + 192 + 8 * half;
        int target = to + 128 * half;
        for (int i = 0; i < 32; i++) {
          int block = scales + i / 16;
          int bits = in[high + i];
          out[target + i] = d * in[block] * (((in[low + i] & 0xF) | (bits << 4 & 0x30)) - 32);
          out[target + i + 32] =
              d * in[block + 2] * (((in[low + i + 32] & 0xF) | (bits << 2 & 0x30)) - 32);
          out[target + i + 64] =
              d * in[block + 4] * (((in[low + i] >> 4 & 0xF) | (bits & 0x30)) - 32);
          out[target + i + 96] =
              d * in[block + 6] * (((in[low + i + 32] >> 4 & 0xF) | (bits >> 2 & 0x30)) - 32);
        }
      }
    }
  }

  /** Six bits of scale for each of 8 blocks, packed into 12 bytes (get_scale_min_k4). */
  private static int scale(byte[] in, int scales, int block) {
    return block < 4
        ? in[scales + block] & 63
        : (in[scales + block + 4] & 0xF) | (in[scales + block - 4] >> 2 & 0x30);
  }

  /** Six bits of minimum for each of 8 blocks, packed into the same 12 bytes. */
  private static int minimum(byte[] in, int scales, int block) {
    return block < 4
        ? in[scales + block + 4] & 63
        : (in[scales + block + 4] >> 4 & 0xF) | (in[scales + block] >> 2 & 0x30);
  }
}
