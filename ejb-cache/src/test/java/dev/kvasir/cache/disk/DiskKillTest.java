package dev.kvasir.cache.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.BlockTier.WriteReason;
import dev.kvasir.cache.Lookup;
import dev.kvasir.cache.TierEvent;
import dev.kvasir.cache.grid.TestingBlocks;
import dev.kvasir.cache.testing.JavaProcess;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed in the middle of writing, and the one after it. */
class DiskKillTest {
  private static final int BLOCKS = 2_000;
  private static final int ENOUGH = 30;
  private static final int BLOCK_BYTES = 1_000_000;
  @TempDir Path folder;

  @Test
  void start_afterSigkillWhileWriting_acknowledgedAreThereAndHalvesAreGone() throws Exception {
    Process writer = JavaProcess.of(Writer.class, folder.toString()).start();
    int acknowledged = 0;
    try (BufferedReader lines = writer.inputReader(StandardCharsets.UTF_8)) {
      while (acknowledged < ENOUGH && lines.readLine() != null) {
        acknowledged++;
      }
      assertTrue(writer.toHandle().destroyForcibly()); // Process.destroyForcibly closes the stream
      while (lines.readLine() != null) {
        acknowledged++;
      }
    }
    assertTrue(writer.waitFor(30, TimeUnit.SECONDS));
    assertTrue(acknowledged >= ENOUGH && acknowledged < BLOCKS, "killed after " + acknowledged);

    try (TestingDisk disk = new TestingDisk(folder, 1_000_000)) {
      TestingBlocks blocks = Writer.blocks();
      for (int i = 0; i < acknowledged; i++) {
        Lookup.Fetched fetched = disk.read(blocks.hashes().get(i));
        assertNotNull(fetched, "block " + i + " of " + acknowledged);
        assertArrayEquals(blocks.blocks().get(i).bytes(), fetched.block().bytes());
      }
      assertEquals(0, disk.tier.stats().of(TierEvent.CORRUPT));
      try (Stream<Path> halves = Files.list(folder.resolve("new"))) {
        assertEquals(0, halves.count());
      }
    }
  }

  /** Writes until it is killed; says each block that is written. */
  static final class Writer {
    private Writer() {}

    /** Random names, and the same bytes in each. */
    static TestingBlocks blocks() {
      TestingBlocks names = TestingBlocks.chain(9, BLOCKS, 0);
      return new TestingBlocks(
          names.placements(),
          Collections.nCopies(BLOCKS, TestingBlocks.chain(10, 1, BLOCK_BYTES).blocks().get(0)));
    }

    @SuppressWarnings("SystemOut") // how it tells the process that started it
    public static void main(String[] args) {
      TestingBlocks blocks = blocks();
      TestingDisk disk = new TestingDisk(Path.of(args[0]), 1_000_000);
      for (int i = 0; i < BLOCKS; i++) {
        disk.tier.write(
            blocks.placements().get(i), blocks.blocks().get(i), WriteReason.PUBLISHED, 0);
        if (disk.tier.stats().of(TierEvent.WRITTEN) == i + 1) {
          System.out.println(i);
        }
      }
    }
  }
}
