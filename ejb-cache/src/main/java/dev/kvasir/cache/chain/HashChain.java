package dev.kvasir.cache.chain;

import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.TokenIds;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/** The names of a prompt's shareable blocks: each one a digest over all that stands before it. */
public final class HashChain {
  /*
   * Two digests, both SHA-256 over fields written as (tag byte, length as int, bytes), big-endian:
   *
   *   root     = SHA-256( V:"kvasir-chain-1"  F:fingerprint  S:tenant salt )
   *   hash[i]  = SHA-256( P:hash[i-1], or root for i = 0   T:token ids of block i, 4 bytes each )
   *
   * Tags and lengths leave no two different inputs with the same bytes, and no block's input can
   * be read as a root's. A block's length is in T, so block sizes never mix. Tenants share this
   * cache, so a cheaper hash that can be made to collide will not do.
   *
   * Cost: one pass of SHA-256 over 42 + 4 x blockSize bytes a block; with the processor's own SHA
   * instructions far above 10 million tokens a second.
   */

  private static final byte VERSION_TAG = 'V';
  private static final byte FINGERPRINT_TAG = 'F';
  private static final byte SALT_TAG = 'S';
  private static final byte PARENT_TAG = 'P';
  private static final byte TOKENS_TAG = 'T';
  private static final int FIELD_HEAD_BYTES = 1 + Integer.BYTES;
  private static final byte[] CHAIN = "kvasir-chain-1".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PASSAGE = "kvasir-passage-1".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PASSAGE_ID =
      "kvasir-passage-id-1".getBytes(StandardCharsets.US_ASCII);

  private HashChain() {}

  /**
   * Hashes the full blocks of {@code tokens[0 .. size-1)}, first block first. The last token is
   * left out, since it is always computed.
   *
   * @param blockSize tokens per block, at least 1
   */
  public static List<BlockHash> of(Namespace namespace, TokenIds tokens, int blockSize) {
    if (blockSize < 1) {
      throw new IllegalArgumentException(
          "blockSize is %d, but must be 1 or more".formatted(blockSize));
    }
    int blocks = Math.max(0, tokens.size() - 1) / blockSize;
    if (blocks == 0) {
      return List.of();
    }
    MessageDigest sha256 = sha256();
    byte[] digest = root(sha256, namespace, CHAIN);
    ByteBuffer input = blockInput(blockSize);
    int parentOffset = FIELD_HEAD_BYTES;
    int tokensOffset = input.capacity() - blockSize * Integer.BYTES;
    List<BlockHash> hashes = new ArrayList<>(blocks);
    for (int block = 0; block < blocks; block++) {
      input.put(parentOffset, digest);
      for (int i = 0; i < blockSize; i++) {
        input.putInt(tokensOffset + i * Integer.BYTES, tokens.get(block * blockSize + i));
      }
      digestInto(sha256, input.clear(), digest);
      hashes.add(BlockHash.of(digest));
    }
    return List.copyOf(hashes);
  }

  /**
   * The name of a passage, wherever in a prompt it stands: made as that of a prompt's first block,
   * but under a root of its own, so that it is no block's name.
   */
  public static BlockHash ofPassage(Namespace namespace, TokenIds tokens) {
    return single(namespace, PASSAGE, tokens);
  }

  /** The name of whatever text a passage has: made of its id alone, under another root still. */
  public static BlockHash ofPassageId(Namespace namespace, String id) {
    return single(namespace, PASSAGE_ID, TokenIds.of(id.chars().toArray()));
  }

  private static BlockHash single(Namespace namespace, byte[] version, TokenIds tokens) {
    MessageDigest sha256 = sha256();
    byte[] digest = root(sha256, namespace, version);
    ByteBuffer input = blockInput(tokens.size());
    input.put(FIELD_HEAD_BYTES, digest);
    for (int i = 0; i < tokens.size(); i++) {
      input.putInt(2 * FIELD_HEAD_BYTES + BlockHash.BYTES + i * Integer.BYTES, tokens.get(i));
    }
    digestInto(sha256, input.clear(), digest);
    return BlockHash.of(digest);
  }

  private static byte[] root(MessageDigest sha256, Namespace namespace, byte[] version) {
    byte[] fingerprint = namespace.fingerprint().digest().toBytes();
    byte[] salt = namespace.tenantSalt();
    ByteBuffer input =
        ByteBuffer.allocate(
            3 * FIELD_HEAD_BYTES + version.length + fingerprint.length + salt.length);
    putField(input, VERSION_TAG, version);
    putField(input, FINGERPRINT_TAG, fingerprint);
    putField(input, SALT_TAG, salt);
    return sha256.digest(input.array());
  }

  private static void putField(ByteBuffer input, byte tag, byte[] bytes) {
    input.put(tag).putInt(bytes.length).put(bytes);
  }

  /** The input of one block with its tags and lengths; parent and tokens are to be filled in. */
  private static ByteBuffer blockInput(int blockSize) {
    int tokenBytes = blockSize * Integer.BYTES;
    ByteBuffer input = ByteBuffer.allocate(2 * FIELD_HEAD_BYTES + BlockHash.BYTES + tokenBytes);
    putField(input, PARENT_TAG, new byte[BlockHash.BYTES]);
    input.put(TOKENS_TAG).putInt(tokenBytes);
    return input;
  }

  private static void digestInto(MessageDigest sha256, ByteBuffer input, byte[] digest) {
    sha256.update(input);
    try {
      sha256.digest(digest, 0, digest.length);
    } catch (DigestException e) {
      throw new IllegalStateException("SHA-256 does not fit into " + digest.length + " bytes", e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256, but this one", e);
    }
  }
}
