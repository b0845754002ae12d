package dev.kvasir.engine.weights.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kvasir.engine.weights.ModelLoadException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of many segments, as those over 1 GiB are: here of 16 bytes each. */
class MappedFileTest {
  @TempDir Path temporary;

  @Test
  void get_anyRange_crossesSegments() throws Exception {
    byte[] bytes = new byte[100];
    new Random(1).nextBytes(bytes);
    Path path = Files.write(temporary.resolve("file"), bytes);
    try (MappedFile file = MappedFile.open(path, 16)) {
      assertEquals(100, file.sizeBytes());
      for (int from = 0; from <= 100; from++) {
        for (int to = from; to <= 100; to++) {
          byte[] range = new byte[to - from];
          file.get(from, range, range.length);
          assertArrayEquals(Arrays.copyOfRange(bytes, from, to), range);
        }
      }
      MessageDigest ours = MessageDigest.getInstance("SHA-256");
      file.digest(ours);
      assertArrayEquals(MessageDigest.getInstance("SHA-256").digest(bytes), ours.digest());
    }
  }

  @Test
  void open_emptyFile_hasNothing() throws Exception {
    try (MappedFile file = MappedFile.open(Files.createFile(temporary.resolve("empty")))) {
      assertEquals(0, file.sizeBytes());
    }
  }

  @Test
  void open_folder_isRefused() {
    assertThrows(ModelLoadException.class, () -> MappedFile.open(temporary));
  }
}
