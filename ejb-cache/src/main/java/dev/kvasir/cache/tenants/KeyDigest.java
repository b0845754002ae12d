package dev.kvasir.cache.tenants;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What is kept of a key: an HMAC by a key of the cluster's secret. A key has 256 random bits, so a
 * slow hash, made for what people think of, would gain nothing; and whoever has the disk without
 * the secret cannot even try.
 */
final class KeyDigest {
  private static final String HMAC = "HmacSHA256";
  private static final String PURPOSE = "kvasir api keys 1";

  private final SecretKeySpec key;

  /**
   * @param clusterSecret the same on all nodes
   */
  KeyDigest(String clusterSecret) {
    byte[] secret = clusterSecret.getBytes(StandardCharsets.UTF_8);
    key = new SecretKeySpec(hmac(new SecretKeySpec(secret, HMAC), PURPOSE), HMAC);
  }

  /** 64 hexadecimal digits. */
  String of(String text) {
    return HexFormat.of().formatHex(hmac(key, text));
  }

  /** Whether this is the digest of the text; takes as long for a near miss as for any other. */
  boolean matches(String digest, String text) {
    return MessageDigest.isEqual(
        of(text).getBytes(StandardCharsets.US_ASCII), digest.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] hmac(SecretKeySpec key, String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + HMAC + ", but this one", e);
    }
  }
}
