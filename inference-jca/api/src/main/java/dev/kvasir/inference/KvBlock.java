package dev.kvasir.inference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The K/V of one full block, all layers, in the form in which blocks leave an engine: header, token
 * ids, payload.
 *
 * <p>Immutable by contract: the array is shared with whoever stores it (a copy of 1.5 MB a read
 * would cost more than the read), so nobody writes to it after it was handed over.
 */
public final class KvBlock {
  /*
   * Little-endian.
   *
   *  offset  bytes
   *       0      4  magic "KVB1"
   *       4      4  version
   *       8     32  layout fingerprint
   *      40      4  block index in its prefix
   *      44      4  token count = block size
   *      48      4  payload bytes
   *      52      4  reserved, 0
   *      56      8  CRC-32C over bytes 0..55 and all that follows the header
   *      64      4 x token count    token ids
   *       .      payload bytes      (ownerLayers, 2, kvHeads, blockSize, headSize)
   */

  /** Size of the header in bytes. */
  public static final int HEADER_BYTES = 64;

  private static final int MAGIC = 0x3142564b; // "KVB1" in little-endian order
  private static final int VERSION = 1;
  private static final int CHECKSUM_OFFSET = 56;

  private final byte[] bytes;

  private KvBlock(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Wraps stored bytes without looking at them; {@link #findFault} does that.
   *
   * @param bytes owned by the block from now on
   */
  public static KvBlock wrap(byte[] bytes) {
    return new KvBlock(bytes);
  }

  /**
   * Makes a block of a payload.
   *
   * @param layout of the engine that computed it
   * @param blockIndex place in its prefix, from 0
   * @param tokens the {@code blockSize} tokens
   * @param payload {@code layout.payloadBytes()} remaining bytes; read, its position moves to its
   *     limit
   * @throws IllegalArgumentException if a length does not fit the layout
   */
  public static KvBlock of(KvLayout layout, int blockIndex, TokenIds tokens, ByteBuffer payload) {
    if (tokens.size() != layout.blockSize() || payload.remaining() != layout.payloadBytes()) {
      throw new IllegalArgumentException(
          "a block has %d tokens and %d payload bytes, but %d and %d were given"
              .formatted(
                  layout.blockSize(), layout.payloadBytes(), tokens.size(), payload.remaining()));
    }
    byte[] bytes = new byte[layout.blockBytes()];
    ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(MAGIC).putInt(VERSION).put(layout.fingerprint().digest().toBytes());
    out.putInt(blockIndex).putInt(tokens.size()).putInt(layout.payloadBytes());
    out.position(HEADER_BYTES);
    for (int i = 0; i < tokens.size(); i++) {
      out.putInt(tokens.get(i));
    }
    out.put(payload);
    out.putLong(CHECKSUM_OFFSET, checksum(bytes));
    return new KvBlock(bytes);
  }

  /**
   * Checks everything that can be wrong with stored bytes.
   *
   * @param layout of the engine that wants to load it
   * @param blockIndex the place where it is to stand
   * @param tokens the tokens that it must hold
   * @return the first fault, or empty if the block can be loaded
   */
  public Optional<BlockFault> findFault(KvLayout layout, int blockIndex, TokenIds tokens) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < HEADER_BYTES || in.getInt(0) != MAGIC || in.getInt(4) != VERSION) {
      return Optional.of(BlockFault.FORMAT);
    }
    byte[] fingerprint = new byte[BlockHash.BYTES];
    in.get(8, fingerprint);
    if (!BlockHash.of(fingerprint).equals(layout.fingerprint().digest())) {
      return Optional.of(BlockFault.FINGERPRINT);
    }
    if (bytes.length != layout.blockBytes()
        || in.getInt(40) != blockIndex
        || in.getInt(44) != layout.blockSize()
        || in.getInt(48) != layout.payloadBytes()
        || tokens.size() != layout.blockSize()) {
      return Optional.of(BlockFault.SHAPE);
    }
    for (int i = 0; i < tokens.size(); i++) {
      if (in.getInt(HEADER_BYTES + i * Integer.BYTES) != tokens.get(i)) {
        return Optional.of(BlockFault.TOKENS);
      }
    }
    return in.getLong(CHECKSUM_OFFSET) == checksum(bytes)
        ? Optional.empty()
        : Optional.of(BlockFault.CHECKSUM);
  }

  /** Size in bytes, header included. */
  public int sizeBytes() {
    return bytes.length;
  }

  /** The bytes themselves, not a copy: owned by the block, never written to. */
  public byte[] bytes() {
    return bytes;
  }

  /** A read-only view of the payload, of a block without fault. */
  public ByteBuffer payload(KvLayout layout) {
    int offset = HEADER_BYTES + layout.blockSize() * Integer.BYTES;
    return ByteBuffer.wrap(bytes, offset, bytes.length - offset).slice().asReadOnlyBuffer();
  }

  private static long checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, CHECKSUM_OFFSET);
    crc.update(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES);
    return crc.getValue();
  }
}
