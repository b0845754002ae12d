package dev.kvasir.cache.ejb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The text that all nodes of a cluster share. */
final class ClusterSecret {
  private ClusterSecret() {}

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException if the file cannot be read, or is empty
   */
  static String read(Path file) {
    try {
      String secret = Files.readString(file).strip();
      if (!secret.isEmpty()) {
        return secret;
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(remedy(file), e);
    }
    throw new IllegalArgumentException(remedy(file));
  }

  private static String remedy(Path file) {
    return "kvasir.cluster.secret.file is %s, which cannot be read or is empty; copy it from another node, or write 64 random hexadecimal digits into it"
        .formatted(file.toAbsolutePath());
  }
}
