package dev.kvasir.cache.disk;

import dev.kvasir.cache.BlockStore.Placement;
import dev.kvasir.cache.CorruptBlockException;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.KvBlock;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** A block as a file: head and body, plain or sealed. Safe for all threads. */
final class BlockFile {
  /*
   * Big-endian.
   *
   *  offset  bytes
   *       0      4  magic "KVD1"
   *       4      4  version
   *       8      4  body bytes
   *      12     32  block hash
   *      44      8  id of the key; 0 if nothing is sealed
   *      52     12  nonce; 0 if nothing is sealed
   *      64      4  CRC-32C of the body as it stands in the file
   *      68    567  parent, depth and tenant (BlockHeader), sealed or followed by 16 zeros
   *     635      4  CRC-32C of bytes 0..634
   *     639      -  body: the block (KvBlock), sealed or not
   *
   * Sealing (AES-256-GCM) covers bytes 0..63 as additional data, of both parts. The two parts have
   * the nonce and the nonce with its last bit flipped, which is 0 in the former: no two messages
   * under one key share a nonce.
   *
   * Everything before the checksums says which file this is, so a file under another's name, a
   * shorter one and one with a changed byte are all found out before their block is used. Who can
   * write to the folder can forge plain files; sealed ones only with the cluster's secret.
   */
  private static final int MAGIC = 0x4b564431; // "KVD1"
  private static final int VERSION = 1;
  private static final int HASH_OFFSET = 12;
  private static final int KEY_OFFSET = 44;
  private static final int NONCE_OFFSET = 52;
  private static final int BODY_SUM_OFFSET = 64;
  private static final int META_OFFSET = 68;
  private static final int HEAD_SUM_OFFSET =
      META_OFFSET + BlockHeader.META_BYTES + BlockCipher.TAG_BYTES;

  /** Length of the head. */
  static final int HEAD_BYTES = HEAD_SUM_OFFSET + Integer.BYTES;

  private final @Nullable BlockCipher cipher;

  /**
   * @param cipher seals and opens; null to keep blocks as they are
   */
  BlockFile(@Nullable BlockCipher cipher) {
    this.cipher = cipher;
  }

  /** What a head says. */
  sealed interface Parsed {
    /** Ours and whole, as far as the head goes. */
    record Sound(BlockHeader header) implements Parsed {}

    /**
     * Of another release or secret.
     *
     * @param reason in words
     */
    record Foreign(String reason) implements Parsed {}

    /** Not sealed, on a node that seals: not to be left lying about. */
    record Unsealed() implements Parsed {}

    /**
     * Changed or cut off.
     *
     * @param reason in words
     */
    record Damaged(String reason) implements Parsed {}
  }

  /** Length of the file that {@link #encode} would make. */
  int fileBytes(KvBlock block) {
    return HEAD_BYTES + block.sizeBytes() + (cipher == null ? 0 : BlockCipher.TAG_BYTES);
  }

  /** The file of a block; its body is the block's own array if nothing is sealed. */
  FileStore.Parts encode(Placement placement, KvBlock block) {
    ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES);
    head.putInt(MAGIC).putInt(VERSION).putInt(fileBytes(block) - HEAD_BYTES);
    head.put(placement.hash().toBytes());
    byte[] meta = BlockHeader.meta(placement);
    byte[] body = block.bytes();
    if (cipher != null) {
      byte[] nonce = cipher.newNonce();
      head.put(cipher.keyId()).put(nonce);
      byte[] bound = Arrays.copyOf(head.array(), BODY_SUM_OFFSET);
      meta = cipher.seal(nonce, bound, meta);
      body = cipher.seal(BlockCipher.second(nonce), bound, body);
    }
    head.putInt(BODY_SUM_OFFSET, checksum(body, body.length));
    head.position(META_OFFSET).put(meta);
    head.putInt(HEAD_SUM_OFFSET, checksum(head.array(), HEAD_SUM_OFFSET));
    return new FileStore.Parts(head.array(), body);
  }

  /** Reads a head of a file that is so long and has a block's name. */
  Parsed parse(byte[] head, long fileBytes, BlockHash hash) {
    ByteBuffer in = ByteBuffer.wrap(head);
    if (head.length < HEAD_BYTES || in.getInt(0) != MAGIC) {
      return new Parsed.Damaged("it is no block's file, or cut off");
    }
    if (in.getInt(4) != VERSION) {
      return new Parsed.Foreign("its format has the version " + in.getInt(4));
    }
    if (in.getInt(HEAD_SUM_OFFSET) != checksum(head, HEAD_SUM_OFFSET)) {
      return new Parsed.Damaged("its head's checksum is wrong");
    }
    byte[] named = Arrays.copyOfRange(head, HASH_OFFSET, KEY_OFFSET);
    int bodyBytes = in.getInt(8);
    if (!BlockHash.of(named).equals(hash) || HEAD_BYTES + (long) bodyBytes != fileBytes) {
      return new Parsed.Damaged("it is another block's, or cut off");
    }
    byte[] keyId = Arrays.copyOfRange(head, KEY_OFFSET, NONCE_OFFSET);
    if (cipher != null && Arrays.equals(keyId, BlockCipher.NO_KEY)) {
      return new Parsed.Unsealed();
    }
    if (!Arrays.equals(keyId, cipher == null ? BlockCipher.NO_KEY : cipher.keyId())) {
      return new Parsed.Foreign("it is sealed with another secret");
    }
    byte[] meta = Arrays.copyOfRange(head, META_OFFSET, HEAD_SUM_OFFSET);
    if (cipher != null) {
      byte[] opened = cipher.open(nonce(head), bound(head), meta);
      if (opened == null) {
        return new Parsed.Damaged("its head does not open");
      }
      meta = opened;
    }
    return new Parsed.Sound(BlockHeader.of(hash, meta, bodyBytes));
  }

  /**
   * The block of a whole file.
   *
   * @throws CorruptBlockException if it is not what was written under this name
   */
  KvBlock decode(FileStore.Parts file, BlockHash hash) throws CorruptBlockException {
    Parsed parsed = parse(file.head(), file.bytes(), hash);
    if (!(parsed instanceof Parsed.Sound)) {
      throw new CorruptBlockException("block " + hash + ": " + parsed);
    }
    byte[] body = file.body();
    if (ByteBuffer.wrap(file.head()).getInt(BODY_SUM_OFFSET) != checksum(body, body.length)) {
      throw new CorruptBlockException("block " + hash + ": its checksum is wrong");
    }
    if (cipher == null) {
      return KvBlock.wrap(body);
    }
    byte[] opened = cipher.open(BlockCipher.second(nonce(file.head())), bound(file.head()), body);
    if (opened == null) {
      throw new CorruptBlockException("block " + hash + " does not open");
    }
    return KvBlock.wrap(opened);
  }

  private static byte[] nonce(byte[] head) {
    return Arrays.copyOfRange(head, NONCE_OFFSET, BODY_SUM_OFFSET);
  }

  private static byte[] bound(byte[] head) {
    return Arrays.copyOf(head, BODY_SUM_OFFSET);
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
