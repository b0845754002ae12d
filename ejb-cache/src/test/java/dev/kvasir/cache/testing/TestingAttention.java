package dev.kvasir.cache.testing;

import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.Fingerprint;
import dev.kvasir.inference.KvLayout;
import dev.kvasir.inference.KvType;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;

/**
 * Arithmetic of a model that is none: a block's K/V is a digest of all tokens up to its end, and
 * the next token is a digest of all K/V and the tokens behind them. So any wrong bit of K/V shows.
 */
final class TestingAttention {
  static final int BLOCK_SIZE = 4;
  static final int VOCABULARY = 128;
  static final KvLayout LAYOUT =
      new KvLayout(
          List.of(0), 1, 1, BLOCK_SIZE, KvType.F32, new Fingerprint(new BlockHash(1, 2, 3, 4)));

  private TestingAttention() {}

  /** Payload of the block that ends {@code tokens[0 .. end)}. */
  static byte[] payload(int[] tokens, int end) {
    return digest(Arrays.copyOf(tokens, end), new byte[0]);
  }

  /** Next token after blocks of K/V and the tokens behind them. */
  static int next(List<byte[]> payloads, int[] tail) {
    ByteBuffer all = ByteBuffer.allocate(payloads.size() * LAYOUT.payloadBytes());
    payloads.forEach(all::put);
    return 'a' + Math.floorMod(ByteBuffer.wrap(digest(tail, all.array())).getInt(), 26);
  }

  private static byte[] digest(int[] tokens, byte[] bytes) {
    ByteBuffer ids = ByteBuffer.allocate(tokens.length * Integer.BYTES);
    Arrays.stream(tokens).forEach(ids::putInt);
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(ids.array());
      return sha.digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
