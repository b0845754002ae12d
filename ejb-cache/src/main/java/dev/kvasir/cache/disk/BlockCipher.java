package dev.kvasir.cache.disk;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Seals what lies on the disk: AES-256-GCM, under a key from the cluster's secret. Thread-safe. */
final class BlockCipher {
  /** Bytes by which sealed is longer than plain. */
  static final int TAG_BYTES = 16;

  private static final int NONCE_BYTES = 12;
  private static final int KEY_BYTES = 32;
  private static final int KEY_ID_BYTES = 8;
  private static final byte[] SALT = "kvasir-disk-1".getBytes(StandardCharsets.UTF_8);

  /** The key id of what is not sealed. */
  static final byte[] NO_KEY = new byte[KEY_ID_BYTES];

  private final SecretKeySpec key;
  private final byte[] keyId;
  private final SecureRandom random = new SecureRandom();

  BlockCipher(String clusterSecret) {
    byte[] secret = clusterSecret.getBytes(StandardCharsets.UTF_8);
    byte[] pseudoRandom = Hkdf.extract(SALT, secret);
    key = new SecretKeySpec(Hkdf.expand(pseudoRandom, "aes-256-gcm", KEY_BYTES), "AES");
    keyId = Hkdf.expand(pseudoRandom, "key id", KEY_ID_BYTES);
  }

  /** Tells keys apart, and nothing of them: 8 bytes. */
  byte[] keyId() {
    return keyId.clone();
  }

  /** 96 bits of which the last is 0. */
  byte[] newNonce() {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    nonce[NONCE_BYTES - 1] &= (byte) ~1;
    return nonce;
  }

  /** The other nonce of a file. */
  static byte[] second(byte[] nonce) {
    byte[] second = nonce.clone();
    second[NONCE_BYTES - 1] ^= 1;
    return second;
  }

  /** Sealed bytes, bound to others that are not sealed. */
  byte[] seal(byte[] nonce, byte[] bound, byte[] plain) {
    try {
      return cipher(Cipher.ENCRYPT_MODE, nonce, bound).doFinal(plain);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("sealing failed, which AES-GCM does for no bytes", e);
    }
  }

  /** What was sealed; null if it is not what was. */
  byte @Nullable [] open(byte[] nonce, byte[] bound, byte[] sealed) {
    try {
      return cipher(Cipher.DECRYPT_MODE, nonce, bound).doFinal(sealed);
    } catch (AEADBadTagException e) {
      return null;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("opening failed other than by a wrong tag", e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, byte[] bound) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
    cipher.updateAAD(bound);
    return cipher;
  }
}
