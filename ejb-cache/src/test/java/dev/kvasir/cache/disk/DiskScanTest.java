package dev.kvasir.cache.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.Lookup;
import dev.kvasir.cache.TierEvent;
import dev.kvasir.cache.TierStats;
import dev.kvasir.cache.grid.TestingBlocks;
import dev.kvasir.inference.BlockHash;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskScanTest {
  @TempDir Path folder;
  private final TestingBlocks chain = TestingDisk.chain(1, 5);

  private void writeChain() {
    try (TestingDisk disk = new TestingDisk(folder, 10)) {
      disk.write(chain);
    }
  }

  @Test
  void start_afterARun_findsAllWithTheirPlaces() throws Exception {
    writeChain();
    try (TestingDisk disk = new TestingDisk(folder, 10)) {
      assertEquals(TierStats.State.READY, disk.tier.stats().state());
      assertEquals(5, disk.tier.stats().of(TierEvent.FOUND));
      assertEquals(5L * TestingDisk.FILE_BYTES, disk.tier.stats().bytes());
      for (int i = 0; i < 5; i++) {
        Lookup.Fetched fetched = disk.read(chain.hashes().get(i));
        assertNotNull(fetched);
        assertArrayEquals(chain.blocks().get(i).bytes(), fetched.block().bytes());
      }
      disk.ticker.advanceMillis(1);
      disk.write(TestingDisk.chain(2, 6)); // the leaf leaves first: parents were found too
      assertFalse(disk.tier.contains(chain.hashes().get(4)));
      assertTrue(disk.tier.contains(chain.hashes().get(0)));
    }
  }

  @Test
  void start_smallerBudget_evictsDownToIt() {
    writeChain();
    try (TestingDisk disk = new TestingDisk(folder, 3)) {
      assertEquals(
          chain.hashes().subList(0, 2),
          chain.hashes().stream().filter(disk.tier::contains).toList());
      assertTrue(disk.tier.stats().bytes() <= disk.tier.stats().budgetBytes());
    }
  }

  @Test
  void start_halfWrittenAndStrangeFiles_areGone() throws Exception {
    writeChain();
    Path half = folder.resolve("new").resolve(chain.hashes().get(0).toString());
    Files.write(half, new byte[100]);
    Path strange = Files.createDirectories(folder.resolve("xy")).resolve("index.json");
    Files.writeString(strange, "{");
    Path empty = folder.resolve("00").resolve("0".repeat(64));
    Files.createDirectories(folder.resolve("00"));
    Files.write(empty, new byte[0]);
    try (TestingDisk disk = new TestingDisk(folder, 10)) {
      assertEquals(5, disk.tier.stats().blocks());
      assertFalse(Files.exists(half));
      assertFalse(Files.exists(strange));
      assertFalse(Files.exists(empty));
    }
  }

  @Test
  void start_anyHeadDamaged_thatBlockIsGoneAndOthersAreFound() throws Exception {
    Random random = new Random(3);
    for (int round = 0; round < 40; round++) {
      writeChain();
      int at = random.nextInt(BlockFile.HEAD_BYTES);
      Path file = TestingDisk.file(folder, chain.hashes().get(2));
      try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
        bytes.seek(at);
        int was = bytes.read();
        bytes.seek(at);
        bytes.write(was ^ (1 + random.nextInt(255)));
      }
      try (TestingDisk disk = new TestingDisk(folder, 10)) {
        assertFalse(disk.tier.contains(chain.hashes().get(2)), "head byte " + at);
        assertEquals(4, disk.tier.stats().blocks(), "head byte " + at);
        disk.tier.clear(tenant -> true);
      }
    }
  }

  @Test
  void start_otherReleasesFiles_countAndLeaveFirstOrByAge() throws Exception {
    writeChain();
    List<BlockHash> hashes = chain.hashes();
    for (int i = 3; i < 5; i++) {
      Path file = TestingDisk.file(folder, hashes.get(i));
      byte[] bytes = Files.readAllBytes(file);
      bytes[7] = 99; // the version
      Files.write(file, bytes);
    }
    Path old = TestingDisk.file(folder, hashes.get(4));
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(8))));
    try (TestingDisk disk = new TestingDisk(folder, 5)) {
      assertFalse(Files.exists(old), "too old");
      Path young = TestingDisk.file(folder, hashes.get(3));
      assertTrue(Files.exists(young));
      assertFalse(disk.tier.contains(hashes.get(3)));
      assertEquals(4L * TestingDisk.FILE_BYTES, disk.tier.stats().bytes());
      disk.ticker.advanceMillis(1);
      disk.write(TestingDisk.chain(2, 2));
      assertFalse(Files.exists(young), "leaves before any block");
      assertEquals(4, disk.tier.stats().blocks()); // it and the oldest leaf made room
    }
  }

  @Test
  void start_secretChanged_nothingIsFoundAndNothingFails() throws Exception {
    try (TestingDisk disk = new TestingDisk(folder, 10, "secret", Runnable::run)) {
      disk.write(chain);
      assertNotNull(disk.read(chain.hashes().get(0)));
    }
    try (TestingDisk disk = new TestingDisk(folder, 10, "changed", Runnable::run)) {
      assertEquals(TierStats.State.READY, disk.tier.stats().state());
      assertEquals(0, disk.tier.stats().blocks());
      assertEquals(5, disk.tier.stats().of(TierEvent.FOREIGN));
      disk.write(chain);
      assertNotNull(disk.read(chain.hashes().get(4)));
    }
  }

  @Test
  void start_sealingSwitchedOn_plainFilesAreDeleted() {
    writeChain();
    try (TestingDisk disk = new TestingDisk(folder, 10, "secret", Runnable::run)) {
      assertEquals(0, disk.tier.stats().blocks());
      assertFalse(Files.exists(TestingDisk.file(folder, chain.hashes().get(0))));
    }
  }

  @Test
  void start_folderIsAFile_saysWhyAndServesNothing() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertFails(file, "file");
  }

  @Test
  void start_anotherNodesFolder_saysSo() {
    try (TestingDisk first = new TestingDisk(folder, 10)) {
      assertFails(folder, "is used by another node");
      first.write(chain);
      assertEquals(5, first.tier.stats().blocks());
    }
    writeChain(); // free again
  }

  private void assertFails(Path where, String reason) {
    try (TestingDisk disk = new TestingDisk(where, 10)) {
      assertEquals(TierStats.State.FAILED, disk.tier.stats().state());
      assertTrue(disk.tier.stats().reason().contains(reason), disk.tier.stats().reason());
      disk.write(chain);
      assertFalse(disk.tier.contains(chain.hashes().get(0)));
      assertEquals(0, disk.tier.clear(tenant -> true));
    }
  }

  @Test
  void run_clearedMeanwhile_findsNothingAndDeletesAll() throws Exception {
    writeChain();
    FolderStore files = new FolderStore(folder);
    files.open();
    DiskRules rules = new DiskRules(1 << 20, EvictionKind.LRU, Set::of);
    DiskIndex index = new DiskIndex(rules, () -> 0);
    DiskParts parts = new DiskParts(files, new BlockFile(null), rules, () -> 0);
    DiskScan scan = new DiskScan(parts, index, new DiskCounts(() -> 0));
    boolean[] cleared = {false};
    scan.run(
        () -> {
          if (!cleared[0]) { // after it has listed the files
            cleared[0] = true;
            assertEquals(0, index.clear(tenant -> true).blocks().size());
          }
          return false;
        });
    assertEquals(0, index.size());
    assertEquals(List.of(), files.list());
    files.close();
  }

  @Test
  void run_takesTooLong_givesUpTheRest() throws Exception {
    writeChain();
    FolderStore files = new FolderStore(folder);
    files.open();
    DiskRules rules = new DiskRules(1 << 20, EvictionKind.LRU, Set::of);
    DiskIndex index = new DiskIndex(rules, () -> 0);
    long[] now = {0};
    DiskParts parts =
        new DiskParts(
            files, new BlockFile(null), rules, () -> now[0] += TimeUnit.MINUTES.toNanos(2));
    DiskScan scan = new DiskScan(parts, index, new DiskCounts(() -> 0));
    scan.run(() -> false);
    assertEquals(2, index.size());
    assertEquals(2, files.list().size());
    files.close();
  }
}
