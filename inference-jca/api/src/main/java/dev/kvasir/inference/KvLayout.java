package dev.kvasir.inference;

import java.util.List;

/**
 * How the K/V of a block lies in memory, and which layers own K/V (a layer that shares another
 * one's K/V is not in the list).
 *
 * @param ownerLayers ascending layer numbers that own K/V
 * @param kvHeads K/V heads of each layer
 * @param headSize numbers per head
 * @param blockSize tokens per block
 * @param type number format
 * @param fingerprint whatever else can change a bit
 */
public record KvLayout(
    List<Integer> ownerLayers,
    int kvHeads,
    int headSize,
    int blockSize,
    KvType type,
    Fingerprint fingerprint) {

  public KvLayout {
    ownerLayers = List.copyOf(ownerLayers);
    if (ownerLayers.isEmpty() || kvHeads < 1 || headSize < 1 || blockSize < 1) {
      throw new IllegalArgumentException(
          "a K/V layout needs at least one layer, head, number and token, but has %d, %d, %d, %d"
              .formatted(ownerLayers.size(), kvHeads, headSize, blockSize));
    }
  }

  /** Bytes of K and V of one token over all layers. */
  public int tokenBytes() {
    return ownerLayers.size() * 2 * kvHeads * headSize * type.bytes();
  }

  /**
   * Bytes of a block's payload: {@code (ownerLayers, 2, kvHeads, blockSize, headSize)}, row-major,
   * little-endian, K before V.
   */
  public int payloadBytes() {
    return Math.multiplyExact(tokenBytes(), blockSize);
  }

  /** Bytes of a whole {@link KvBlock}: header, token ids and payload. */
  public int blockBytes() {
    return KvBlock.HEADER_BYTES + blockSize * Integer.BYTES + payloadBytes();
  }
}
