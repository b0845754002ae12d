package dev.kvasir.launch;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MemoryTest {
  private static final String SMOLLM2 = "SmolLM2: 134,515,008 parameters, 8,192 tokens of context";

  @TempDir Path folder;
  private Path meminfo;

  @BeforeEach
  void machine() throws IOException {
    meminfo =
        Files.writeString(
            folder.resolve("meminfo"), "MemTotal: 4194304 kB\nMemAvailable:   3145728 kB\n");
  }

  @Test
  void check_fits_passes() {
    assertDoesNotThrow(() -> new Memory(SMOLLM2, 126, 2048).check(meminfo));
  }

  @Test
  void check_oneMibTooMuch_bothFigures() {
    // 134,515,008 x 2 bytes x 3.5 = 898 MiB; and 2,048 of heap; 3,072 are there
    LaunchException refused =
        assertThrows(LaunchException.class, () -> new Memory(SMOLLM2, 127, 2048).check(meminfo));

    assertEquals(
        "too little memory: 3,073 MiB are needed (weights 898, pool 127, heap 2,048), but 3,072"
            + " MiB are available; choose a smaller model, a smaller pool with --pool-mib, or a"
            + " smaller cache with KVASIR_CACHE_BUDGET_MIB",
        refused.getMessage());
  }

  @Test
  void check_systemDoesNotSay_passes() {
    assertDoesNotThrow(
        () -> new Memory(SMOLLM2, Integer.MAX_VALUE, 2048).check(folder.resolve("none")));
  }
}
