package dev.kvasir.cache.disk;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keys from a secret: HKDF with SHA-256 (RFC 5869). Java has it from release 25 on. */
final class Hkdf {
  private static final String HMAC = "HmacSHA256";

  private Hkdf() {}

  /**
   * The pseudo-random key of a secret.
   *
   * @param salt not empty
   */
  static byte[] extract(byte[] salt, byte[] secret) {
    return hmac(salt, secret);
  }

  /** So many bytes for one purpose, at most 8,160. */
  static byte[] expand(byte[] pseudoRandom, String purpose, int bytes) {
    return expand(pseudoRandom, purpose.getBytes(StandardCharsets.UTF_8), bytes);
  }

  static byte[] expand(byte[] pseudoRandom, byte[] info, int bytes) {
    byte[] okm = new byte[bytes];
    byte[] last = {};
    int done = 0;
    for (int round = 1; done < bytes; round++) {
      byte[] input = Arrays.copyOf(last, last.length + info.length + 1);
      System.arraycopy(info, 0, input, last.length, info.length);
      input[input.length - 1] = (byte) round;
      last = hmac(pseudoRandom, input);
      int taken = Math.min(last.length, bytes - done);
      System.arraycopy(last, 0, okm, done, taken);
      done += taken;
    }
    return okm;
  }

  private static byte[] hmac(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + HMAC + ", but this one", e);
    }
  }
}
