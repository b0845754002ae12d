package dev.kvasir.engine.blend;

import dev.kvasir.engine.weights.Rope;
import dev.kvasir.engine.weights.numbers.BFloat16;
import dev.kvasir.inference.KvLayout;
import dev.kvasir.inference.KvType;
import java.nio.ByteBuffer;

/** Copies a token's K/V from one position to another. Safe for all threads. */
public final class KeyTurn {
  /*
   * RoPE [1] turns each pair of numbers of a key by its position times the pair's frequency, and
   * rotations add up: R(q) k = R(q-p) R(p) k. So a key that was computed at p becomes the one at q by
   * the rotation R(q-p), the same for all rows of a run, exact but for the rounding of what was
   * stored. Values do not know their position. (CacheBlend [2] and KVLink [3] do the same; KVLink
   * stores keys before any rotation. We store what prefill leaves, and turn that.)
   *
   * What it does not mend: above the first layer K and V also depend on the text that stood before
   * the token where it was computed.
   *
   * [1] Su et al., RoFormer, arXiv:2104.09864
   * [2] Yao et al., CacheBlend, arXiv:2405.16444
   * [3] Yang et al., KVLink, arXiv:2502.16002
   */
  private final KvLayout layout;
  private final double[] frequencies; // (headSize / 2)

  /**
   * @param layout of the blocks
   * @param rope that turned their keys
   */
  public KeyTurn(KvLayout layout, Rope rope) {
    this.layout = layout;
    this.frequencies = rope.frequencies(layout.headSize());
  }

  /**
   * Rows of K/V in a block's payload.
   *
   * @param payload (ownerLayers, 2, kvHeads, blockSize, headSize), little-endian
   * @param first the first of the rows
   */
  record Rows(ByteBuffer payload, int first) {}

  /**
   * Copies rows of all layers, K and V.
   *
   * @param count how many
   * @param distance of the new positions from those at which they were computed
   */
  void copy(Rows source, Rows target, int count, int distance) {
    Rotation rotation = new Rotation(distance);
    int rowBytes = layout.headSize() * layout.type().bytes();
    int headBytes = layout.blockSize() * rowBytes;
    int heads = layout.ownerLayers().size() * 2 * layout.kvHeads(); // of K and of V in turn
    for (int head = 0; head < heads; head++) {
      int read = head * headBytes + source.first() * rowBytes;
      int write = head * headBytes + target.first() * rowBytes;
      boolean isKey = head / layout.kvHeads() % 2 == 0;
      if (isKey && distance != 0) {
        for (int offset = 0; offset < count * rowBytes; offset += rowBytes) {
          rotation.turn(source.payload(), read + offset, target.payload(), write + offset);
        }
      } else {
        target.payload().put(write, source.payload(), read, count * rowBytes);
      }
    }
  }

  /**
   * The values of a row in one layer.
   *
   * @param row the first of these rows
   * @param owner which of the layers that own K/V
   * @return (kvHeads * headSize)
   */
  float[] values(Rows row, int owner) {
    int size = layout.headSize();
    float[] values = new float[layout.kvHeads() * size];
    for (int i = 0; i < values.length; i++) {
      int head = (2 * owner + 1) * layout.kvHeads() + i / size;
      int start = (head * layout.blockSize() + row.first()) * size;
      values[i] = get(row.payload(), 0, start + i % size);
    }
    return values;
  }

  /** The rotation by a distance, of each pair. */
  private final class Rotation {
    private final int pairs = frequencies.length;
    private final float[] cosines = new float[pairs];
    private final float[] sines = new float[pairs];

    Rotation(int distance) {
      for (int pair = 0; pair < pairs; pair++) {
        cosines[pair] = (float) Math.cos(distance * frequencies[pair]);
        sines[pair] = (float) Math.sin(distance * frequencies[pair]);
      }
    }

    /** Turns one head's key, from an offset of one payload to that of another. */
    void turn(ByteBuffer source, int read, ByteBuffer target, int write) {
      for (int pair = 0; pair < pairs; pair++) {
        float one = get(source, read, pair);
        float other = get(source, read, pair + pairs);
        put(target, write, pair, one * cosines[pair] - other * sines[pair]);
        put(target, write, pair + pairs, other * cosines[pair] + one * sines[pair]);
      }
    }
  }

  private float get(ByteBuffer payload, int offset, int number) {
    return layout.type() == KvType.BF16
        ? BFloat16.toFloat(payload.getShort(offset + number * Short.BYTES))
        : payload.getFloat(offset + number * Float.BYTES);
  }

  private void put(ByteBuffer payload, int offset, int number, float value) {
    if (layout.type() == KvType.BF16) {
      payload.putShort(offset + number * Short.BYTES, BFloat16.round(value));
    } else {
      payload.putFloat(offset + number * Float.BYTES, value);
    }
  }
}
