package dev.kvasir.cache.accesslog;

import dev.kvasir.inference.BlockHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names of blocks for the log: equal for equal blocks on all nodes of a cluster, and good for
 * nothing else. One thread.
 */
final class BlockAliases {
  /*
   * A block's name is rooted in its tenant's salt already, so equal texts of two tenants have
   * different names. The alias is an HMAC of the name under a key of its own, cut to 48 bits: it is
   * no name in the index, leads to none, and in a chain only needs to differ from its siblings.
   */
  private static final String HMAC = "HmacSHA256";
  private static final int BYTES = 6;

  private final Mac mac;

  BlockAliases(String clusterSecret) {
    byte[] key = ("access log " + clusterSecret).getBytes(StandardCharsets.UTF_8);
    try {
      mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + HMAC + ", but this one", e);
    }
  }

  /** 12 hexadecimal digits for each. */
  List<String> of(List<BlockHash> blocks) {
    return blocks.stream().map(this::of).toList();
  }

  private String of(BlockHash block) {
    ByteBuffer name = ByteBuffer.allocate(BlockHash.BYTES);
    name.putLong(block.word0()).putLong(block.word1());
    name.putLong(block.word2()).putLong(block.word3());
    return HexFormat.of().formatHex(mac.doFinal(name.array()), 0, BYTES);
  }
}
