package dev.kvasir.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What all nodes of a cluster know, and nobody else: 32 random bytes, made at the first start.
 * Passwords and keys that must be the same on all nodes are derived from it, so that it is the one
 * thing to hand to a new node.
 */
final class ClusterSecret {
  private static final int BYTES = 32;

  private final byte[] secret;

  private ClusterSecret(byte[] secret) {
    this.secret = secret;
  }

  /**
   * Reads the secret, or makes one if there is none.
   *
   * @throws LaunchException if the file holds something else
   */
  static ClusterSecret in(Path file) throws IOException {
    if (Files.notExists(file)) {
      byte[] random = new byte[BYTES];
      new SecureRandom().nextBytes(random);
      PrivateFiles.writeIfAbsent(file, HexFormat.of().formatHex(random) + "\n");
    }
    String text = Files.readString(file).strip();
    if (!text.matches("[0-9a-f]{%d}".formatted(2 * BYTES))) {
      throw new LaunchException(
          "%s must hold %d hexadecimal digits; copy it from a node of the cluster, or delete it"
              .formatted(file, 2 * BYTES));
    }
    return new ClusterSecret(HexFormat.of().parseHex(text));
  }

  /**
   * Derives a text that tells nothing of the secret or of other derived ones.
   *
   * @param label what it is for
   * @param bytes of strength, at most 32; the text has twice as many digits
   */
  String derive(String label, int bytes) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      byte[] digest = mac.doFinal(label.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(Arrays.copyOf(digest, bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }
}
