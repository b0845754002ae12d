package dev.kvasir.inference;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * Content name of a K/V block: a SHA-256 digest chained over the whole prefix that ends with the
 * block. Held as four big-endian words, so that it is a cheap map key and cannot be written to.
 */
public record BlockHash(long word0, long word1, long word2, long word3) {
  /** Length of the digest in bytes. */
  public static final int BYTES = 32;

  /**
   * Wraps a digest.
   *
   * @param digest 32 bytes; copied
   * @throws IllegalArgumentException if the length is another one
   */
  public static BlockHash of(byte[] digest) {
    if (digest.length != BYTES) {
      throw new IllegalArgumentException(
          "a block hash has %d bytes, but %d were given".formatted(BYTES, digest.length));
    }
    ByteBuffer words = ByteBuffer.wrap(digest);
    return new BlockHash(words.getLong(), words.getLong(), words.getLong(), words.getLong());
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws IllegalArgumentException if the text is not 64 hexadecimal digits
   */
  public static BlockHash parse(String hex) {
    return of(HexFormat.of().parseHex(hex));
  }

  /** A new array of the 32 bytes. */
  public byte[] toBytes() {
    return ByteBuffer.allocate(BYTES)
        .putLong(word0)
        .putLong(word1)
        .putLong(word2)
        .putLong(word3)
        .array();
  }

  /** 64 lower-case hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(toBytes());
  }
}
