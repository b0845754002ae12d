package dev.kvasir.engine;

import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.Fingerprint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Digest over named facts, each tagged and with its length, so that no two lists of facts read
 * alike.
 */
final class FingerprintBuilder {
  private final MessageDigest sha256;

  FingerprintBuilder() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  FingerprintBuilder add(String name, Object value) {
    addField(name);
    addField(value.toString());
    return this;
  }

  private void addField(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    sha256.update(bytes);
  }

  Fingerprint build() {
    return new Fingerprint(BlockHash.of(sha256.digest()));
  }
}
