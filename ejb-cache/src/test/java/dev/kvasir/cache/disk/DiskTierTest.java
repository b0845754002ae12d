package dev.kvasir.cache.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.BlockTier.WriteReason;
import dev.kvasir.cache.CorruptBlockException;
import dev.kvasir.cache.Lifetime;
import dev.kvasir.cache.Lookup;
import dev.kvasir.cache.Source;
import dev.kvasir.cache.TierEvent;
import dev.kvasir.cache.grid.TestingBlocks;
import dev.kvasir.inference.BlockHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskTierTest {
  @TempDir Path folder;
  private final TestingBlocks chain = TestingDisk.chain(1, 5);

  @Test
  void fetch_written_sameBytes() throws Exception {
    try (TestingDisk disk = new TestingDisk(folder, 10)) {
      disk.write(chain);
      assertHolds(disk, chain);
      assertEquals(5, disk.tier.stats().blocks());
      assertEquals(5L * TestingDisk.FILE_BYTES, disk.tier.stats().bytes());
      assertEquals(5, disk.tier.stats().of(TierEvent.WRITTEN));
      assertEquals(5, disk.tier.stats().of(TierEvent.READ));
    }
  }

  @Test
  void write_againInTheGrid_isAPromotionAndWritesNothing() {
    try (TestingDisk disk = new TestingDisk(folder, 10)) {
      disk.write(chain);
      disk.write(chain);
      assertEquals(5, disk.tier.stats().of(TierEvent.WRITTEN));
      assertEquals(5, disk.tier.stats().of(TierEvent.PROMOTED));
    }
  }

  @Test
  void write_overBudget_oldestLeafLeavesFirst() {
    try (TestingDisk disk = new TestingDisk(folder, 10)) {
      disk.write(chain);
      disk.ticker.advanceMillis(1);
      TestingBlocks younger = TestingDisk.chain(2, 5);
      disk.write(younger);
      disk.ticker.advanceMillis(1);
      disk.write(TestingDisk.chain(3, 1));
      // a twentieth of ten blocks is less than one: one too many, and half a block
      assertEquals(chain.hashes().subList(0, 3), held(disk, chain));
      assertEquals(younger.hashes(), held(disk, younger));
      assertEquals(2, disk.tier.stats().of(TierEvent.EVICTED));
      assertTrue(disk.tier.stats().bytes() <= disk.tier.stats().budgetBytes());
    }
  }

  @Test
  void touch_oldChain_othersLeave() {
    try (TestingDisk disk = new TestingDisk(folder, 10)) {
      disk.write(chain);
      disk.ticker.advanceMillis(1);
      TestingBlocks younger = TestingDisk.chain(2, 5);
      disk.write(younger);
      disk.ticker.advanceMillis(1);
      disk.tier.touch(chain.hashes());
      disk.write(TestingDisk.chain(3, 1));
      assertEquals(chain.hashes(), held(disk, chain));
      assertEquals(younger.hashes().subList(0, 3), held(disk, younger));
    }
  }

  @Test
  void expire_tooOld_isGoneUnlessPinned() {
    try (TestingDisk disk = new TestingDisk(folder, 10)) {
      disk.write(chain);
      disk.pins.add(chain.hashes().get(0));
      disk.lifetime = new Lifetime(60, 0);
      disk.ticker.advanceMillis(59_000);
      disk.tier.expire();
      assertEquals(chain.hashes(), held(disk, chain));
      disk.ticker.advanceMillis(2_000);
      disk.tier.expire();
      assertEquals(chain.hashes().subList(0, 1), held(disk, chain));
      assertEquals(4, disk.tier.stats().of(TierEvent.EXPIRED));
      assertFalse(Files.exists(file(1)));
    }
  }

  @Test
  void write_allPinned_isDroppedAndBudgetHolds() {
    try (TestingDisk disk = new TestingDisk(folder, 5)) {
      disk.pins.addAll(chain.hashes());
      disk.write(chain);
      disk.write(TestingDisk.chain(2, 2));
      assertEquals(chain.hashes(), held(disk, chain));
      assertEquals(2, disk.tier.stats().of(TierEvent.DROPPED));
    }
  }

  @Test
  void write_diskFull_isAMissAndWorksAgainLater() throws Exception {
    try (TestingDisk disk = new TestingDisk(folder, 10)) {
      disk.files.failWrites("No space left on device");
      disk.write(chain);
      assertEquals(List.of(), held(disk, chain));
      assertEquals(5, disk.tier.stats().of(TierEvent.FAILED));
      disk.files.failWrites(null);
      disk.write(chain);
      assertHolds(disk, chain);
    }
  }

  @Test
  void fetch_diskFails_failsAndBlockStays() throws Exception {
    try (TestingDisk disk = new TestingDisk(folder, 10)) {
      disk.write(chain);
      disk.files.failReads("Input/output error");
      assertInstanceOf(IOException.class, failure(disk, chain.hashes().get(0)));
      disk.files.failReads(null);
      assertHolds(disk, chain);
    }
  }

  @Test
  void fetch_cutOffOrChangedOrReplaced_isCorruptAndGone() throws Exception {
    try (TestingDisk disk = new TestingDisk(folder, 10)) {
      disk.write(chain);
      Path first = file(0);
      Files.write(first, cut(Files.readAllBytes(first)));
      Path second = file(1);
      byte[] changed = Files.readAllBytes(second);
      changed[BlockFile.HEAD_BYTES + 17] ^= 1;
      Files.write(second, changed);
      Files.copy(file(3), file(2), StandardCopyOption.REPLACE_EXISTING);
      for (int i = 0; i < 3; i++) {
        assertInstanceOf(CorruptBlockException.class, failure(disk, chain.hashes().get(i)));
        assertFalse(disk.tier.contains(chain.hashes().get(i)));
        assertFalse(Files.exists(file(i)));
      }
      assertEquals(3, disk.tier.stats().of(TierEvent.CORRUPT));
      disk.write(chain); // sound ones in their place
      assertHolds(disk, chain);
    }
  }

  private static byte[] cut(byte[] bytes) {
    return Arrays.copyOf(bytes, bytes.length - 1);
  }

  @Test
  void fetch_fileGone_isNullAndForgotten() throws Exception {
    try (TestingDisk disk = new TestingDisk(folder, 10)) {
      disk.write(chain);
      Files.delete(file(0));
      assertNull(disk.read(chain.hashes().get(0)));
      assertFalse(disk.tier.contains(chain.hashes().get(0)));
    }
  }

  @Test
  void fetch_cancelled_readsNothing() {
    ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    try (TestingDisk disk = new TestingDisk(folder, 10, null, waiting::add)) {
      drain(waiting);
      disk.write(chain);
      drain(waiting);
      List<CompletableFuture<Lookup.Fetched>> reads =
          chain.hashes().stream()
              .map(hash -> disk.tier.fetch(hash, 60_000).toCompletableFuture())
              .toList();
      reads.forEach(read -> read.cancel(false));
      drain(waiting);
      assertEquals(List.of(), disk.files.read());
      assertEquals(0, disk.tier.waitingReads());
    }
  }

  @Test
  void clear_written_leavesNothing() throws Exception {
    ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    try (TestingDisk disk = new TestingDisk(folder, 10, null, waiting::add)) {
      drain(waiting);
      disk.write(chain);
      drain(waiting);
      assertEquals(5, disk.tier.clear(tenant -> true));
      assertEquals(List.of(), held(disk, chain));
      assertEquals(0, disk.tier.stats().bytes());
      try (Stream<Path> left = Files.walk(folder)) {
        assertEquals(
            List.of("lock"),
            left.filter(Files::isRegularFile).map(f -> f.getFileName().toString()).toList());
      }
    }
  }

  @Test
  void clear_oneTenant_othersStay() {
    try (TestingDisk disk = new TestingDisk(folder, 10)) {
      disk.write(chain);
      assertEquals(0, disk.tier.clear("another"::equals));
      assertEquals(chain.hashes(), held(disk, chain));
      assertEquals(5, disk.tier.clear("default"::equals));
      assertEquals(List.of(), held(disk, chain));
    }
  }

  @Test
  void clear_whileWritesWait_theyAreNotWritten() {
    ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    try (TestingDisk disk = new TestingDisk(folder, 10, null, waiting::add)) {
      drain(waiting);
      disk.write(chain);
      assertEquals(0, disk.tier.clear(tenant -> true));
      drain(waiting);
      assertEquals(List.of(), held(disk, chain));
      assertEquals(0, disk.tier.stats().of(TierEvent.WRITTEN));
    }
  }

  @Test
  void write_tooMuchWaits_isDroppedAndCounted() {
    ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    try (TestingDisk disk = new TestingDisk(folder, 1_000_000, null, waiting::add)) {
      int blockBytes = 32 << 20;
      TestingBlocks large = TestingBlocks.chain(4, 3, blockBytes);
      disk.write(large); // with their heads two of them are more than 64 MiB
      assertEquals(2, disk.tier.stats().of(TierEvent.DROPPED));
    }
  }

  @Test
  void write_demoted_isCounted() {
    try (TestingDisk disk = new TestingDisk(folder, 10)) {
      assertTrue(
          disk.tier.write(
              chain.placements().get(0), chain.blocks().get(0), WriteReason.DEMOTED, 0));
      assertEquals(1, disk.tier.stats().of(TierEvent.DEMOTED));
    }
  }

  private static void drain(ArrayDeque<Runnable> waiting) {
    for (Runnable task = waiting.poll(); task != null; task = waiting.poll()) {
      task.run();
    }
  }

  private Path file(int index) {
    return TestingDisk.file(folder, chain.hashes().get(index));
  }

  private static List<BlockHash> held(TestingDisk disk, TestingBlocks blocks) {
    return blocks.hashes().stream().filter(disk.tier::contains).toList();
  }

  private static @Nullable Throwable failure(TestingDisk disk, BlockHash hash) {
    return assertThrows(ExecutionException.class, () -> disk.read(hash)).getCause();
  }

  private static void assertHolds(TestingDisk disk, TestingBlocks blocks) throws Exception {
    for (int i = 0; i < blocks.hashes().size(); i++) {
      Lookup.Fetched fetched = disk.read(blocks.hashes().get(i));
      assertNotNull(fetched, "block " + i);
      assertEquals(Source.DISK, fetched.source());
      assertArrayEquals(blocks.blocks().get(i).bytes(), fetched.block().bytes());
    }
  }
}
