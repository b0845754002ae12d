package dev.kvasir.cache.ejb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterSecretTest {
  @TempDir private Path folder;

  @Test
  void read_lineEnd_isNoPartOfIt() throws Exception {
    assertEquals("abc", ClusterSecret.read(Files.writeString(folder.resolve("s"), "abc\n")));
  }

  @Test
  void read_missingOrEmpty_saysWhatToDo() throws Exception {
    Path empty = Files.writeString(folder.resolve("empty"), "\n");
    for (Path file : new Path[] {empty, folder.resolve("missing")}) {
      IllegalArgumentException refusal =
          assertThrows(IllegalArgumentException.class, () -> ClusterSecret.read(file));
      assertTrue(String.valueOf(refusal.getMessage()).contains("copy it from another node"));
    }
  }
}
