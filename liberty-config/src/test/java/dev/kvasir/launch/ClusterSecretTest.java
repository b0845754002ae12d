package dev.kvasir.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClusterSecretTest {
  @TempDir Path data;

  @Test
  void in_noFile_madeForItsOwnerOnly() throws IOException {
    Path file = data.resolve("cluster.secret");

    ClusterSecret.in(file);

    assertTrue(Files.readString(file).matches("[0-9a-f]{64}\n"));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  void in_twoNodesStartAtOnce_oneSecret() throws Exception {
    Path file = data.resolve("made/at/once/cluster.secret");
    ExecutorService nodes = Executors.newFixedThreadPool(4);
    try {
      List<Future<Credentials>> starts = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        starts.add(nodes.submit(() -> Credentials.of(ClusterSecret.in(file))));
      }
      Set<Credentials> seen = new HashSet<>();
      for (Future<Credentials> start : starts) {
        seen.add(start.get());
      }
      assertEquals(1, seen.size());
    } finally {
      nodes.shutdownNow();
    }
    try (var left = Files.list(file.getParent())) {
      assertEquals(List.of(file), left.toList());
    }
  }

  @Test
  void in_somethingElseInTheFile_refusedWithItsName() throws IOException {
    Path file = Files.writeString(data.resolve("cluster.secret"), "secret");

    LaunchException refused = assertThrows(LaunchException.class, () -> ClusterSecret.in(file));

    assertTrue(String.valueOf(refused.getMessage()).contains(file.toString()));
  }

  @Test
  void derive_labels_knownTextsThatDiffer() throws IOException {
    Path file = Files.writeString(data.resolve("cluster.secret"), "00".repeat(32) + "\n");

    ClusterSecret secret = ClusterSecret.in(file);

    // printf a | openssl dgst -sha256 -mac HMAC -macopt hexkey:0000...
    assertEquals("9615a95d4a336118c435b9cd54c5e864", secret.derive("a", 16));
    assertNotEquals(secret.derive("a", 16), secret.derive("b", 16));
  }
}
