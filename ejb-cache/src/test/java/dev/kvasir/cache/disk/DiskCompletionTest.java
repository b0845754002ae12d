package dev.kvasir.cache.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.TierEvent;
import dev.kvasir.cache.testing.TestingBlockStore;
import dev.kvasir.cache.testing.TestingNode;
import dev.kvasir.completion.CachePolicy;
import dev.kvasir.completion.CacheReport;
import dev.kvasir.completion.Completion;
import dev.kvasir.completion.MissReason;
import dev.kvasir.inference.BlockHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Completions of nodes that have lost everything but their disk: 4 shareable blocks of 4 tokens.
 */
class DiskCompletionTest {
  private static final String TEXT = "a shared beginning";
  private static final int PROMPT_TOKENS = 19;
  private static final int BLOCKS = 4;
  private static final int BLOCK_TOKENS = 4;
  private static final int BUDGET_BLOCKS = 100;

  @TempDir Path folder;
  private TestingBlockStore store = new TestingBlockStore();
  private List<BlockHash> hashes = List.of();

  @BeforeEach
  void firstLife() {
    try (TestingDisk disk = new TestingDisk(folder, BUDGET_BLOCKS)) {
      TestingNode node = node(disk);
      hashes = node.prefix("t", TEXT).hashes();
      complete(node);
      assertEquals(BLOCKS, disk.tier.stats().of(TierEvent.WRITTEN));
    }
    store = new TestingBlockStore();
  }

  private TestingNode node(TestingDisk disk) {
    return new TestingNode("a", store, disk.tier);
  }

  /** The answer, which is always the same. */
  private static CacheReport complete(TestingNode node) {
    Completion completion = node.complete("t", TEXT, CachePolicy.USE);
    assertEquals(TestingNode.truth(TEXT), completion.text());
    CacheReport report = completion.cache();
    assertEquals(PROMPT_TOKENS, report.cachedTokens() + report.computedTokens());
    assertEquals(0, node.slots.slotsTaken());
    return report;
  }

  private Path file(int block) {
    return TestingDisk.file(folder, hashes.get(block));
  }

  @Test
  void complete_afterRestart_fromDiskAndBackInTheGrid() {
    try (TestingDisk disk = new TestingDisk(folder, BUDGET_BLOCKS)) {
      TestingNode node = node(disk);
      CacheReport report = complete(node);
      assertEquals(BLOCKS * BLOCK_TOKENS, report.diskTokens());
      assertEquals(MissReason.NONE, report.missReason());
      assertEquals(BLOCKS, disk.tier.stats().of(TierEvent.PROMOTED));
      assertTrue(hashes.stream().allMatch(store::has), "promoted into the grid");

      node.model.clearPool();
      assertEquals(BLOCKS * BLOCK_TOKENS, complete(node).remoteTokens(), "the grid comes first");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-3_650, -1, 1, 3_650})
  void complete_clockJumpedByDaysMeanwhile_fromDisk(long days) throws IOException {
    Instant written = Instant.now().plus(Duration.ofDays(days));
    for (int block = 0; block < BLOCKS; block++) {
      Files.setLastModifiedTime(file(block), FileTime.from(written));
    }
    try (TestingDisk disk = new TestingDisk(folder, BUDGET_BLOCKS)) {
      assertEquals(BLOCKS * BLOCK_TOKENS, complete(node(disk)).diskTokens());
    }
  }

  @Test
  void complete_otherTenant_findsNothing() {
    try (TestingDisk disk = new TestingDisk(folder, BUDGET_BLOCKS)) {
      Completion other = node(disk).complete("u", TEXT, CachePolicy.USE);
      assertEquals(MissReason.FIRST_SEEN, other.cache().missReason());
      assertEquals(0, other.cache().diskTokens());
    }
  }

  @Test
  void complete_aPartIsInTheGrid_takesEachFromItsPlace() {
    try (TestingDisk disk = new TestingDisk(folder, BUDGET_BLOCKS)) {
      TestingNode node = node(disk);
      complete(node);
      node.model.clearPool();
      store.remove(hashes.get(1)); // in the middle
      store.remove(hashes.get(3)); // and the leaf
      CacheReport report = complete(node);
      assertEquals(2 * BLOCK_TOKENS, report.remoteTokens());
      assertEquals(2 * BLOCK_TOKENS, report.diskTokens());
    }
  }

  @Test
  void complete_anyByteOfAFileChanged_isAMissFromThereOn() throws Exception {
    Random random = new Random(5);
    int length = (int) Files.size(file(0));
    for (int round = 0; round < 60; round++) {
      int block = random.nextInt(BLOCKS);
      int at = round < 30 ? random.nextInt(BlockFile.HEAD_BYTES) : random.nextInt(length);
      try (TestingDisk disk = new TestingDisk(folder, BUDGET_BLOCKS)) {
        byte[] bytes = Files.readAllBytes(file(block));
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        Files.write(file(block), bytes);
        store = new TestingBlockStore();
        CacheReport report = complete(node(disk));
        assertEquals(block * BLOCK_TOKENS, report.diskTokens(), "byte " + at);
        assertEquals(MissReason.CORRUPT, report.missReason());
        assertEquals(BLOCKS, disk.tier.stats().blocks(), "a sound one was written in its place");
      }
    }
  }

  @Test
  void complete_cutOffOrReplacedOrGone_isAMissFromThereOn() throws Exception {
    try (TestingDisk disk = new TestingDisk(folder, BUDGET_BLOCKS)) {
      byte[] whole = Files.readAllBytes(file(2));
      Files.write(file(2), Arrays.copyOf(whole, whole.length / 2));
      CacheReport report = complete(node(disk));
      assertEquals(2 * BLOCK_TOKENS, report.diskTokens());
      assertEquals(MissReason.CORRUPT, report.missReason());

      store = new TestingBlockStore();
      Files.copy(file(3), file(1), StandardCopyOption.REPLACE_EXISTING);
      report = complete(node(disk));
      assertEquals(BLOCK_TOKENS, report.diskTokens());
      assertEquals(MissReason.CORRUPT, report.missReason());

      store = new TestingBlockStore();
      Files.delete(file(0));
      report = complete(node(disk));
      assertEquals(0, report.cachedTokens());
      assertEquals(MissReason.EVICTED, report.missReason());
    }
  }

  @Test
  void complete_diskFailsOrIsFull_computes() throws IOException {
    try (TestingDisk disk = new TestingDisk(folder, BUDGET_BLOCKS)) {
      disk.files.failReads("Input/output error");
      disk.files.failWrites("No space left on device");
      CacheReport report = complete(node(disk));
      assertEquals(0, report.cachedTokens());
      assertEquals(MissReason.DISK_UNAVAILABLE, report.missReason());
      assertEquals(
          TestingNode.truth("another text of a tenant"),
          node(disk).complete("t", "another text of a tenant", CachePolicy.USE).text());
      assertTrue(disk.tier.stats().of(TierEvent.FAILED) > BLOCKS);
    }
  }

  @Test
  void complete_folderCannotBeUsed_computesAndSharesOn() throws IOException {
    Path blocked = Files.writeString(folder.resolve("file"), "");
    try (TestingDisk disk = new TestingDisk(blocked, BUDGET_BLOCKS)) {
      assertEquals(MissReason.FIRST_SEEN, complete(node(disk)).missReason());
      assertTrue(hashes.stream().allMatch(store::has));
    }
  }

  @Test
  void complete_diskDoesNotAnswer_isAMissAfterTheDeadlineAndNothingIsRead() {
    try (TestingDisk disk = new TestingDisk(folder, BUDGET_BLOCKS, null, new Stalling())) {
      CacheReport report = complete(node(disk));
      assertEquals(0, report.cachedTokens());
      assertEquals(MissReason.DISK_UNAVAILABLE, report.missReason());
      assertEquals(List.of(), disk.files.read());
    }
  }

  /** Looks for files, and then does nothing any more. */
  private static final class Stalling implements Executor {
    private boolean scanned;

    @Override
    public void execute(Runnable task) {
      if (!scanned) {
        scanned = true;
        task.run();
      }
    }
  }
}
