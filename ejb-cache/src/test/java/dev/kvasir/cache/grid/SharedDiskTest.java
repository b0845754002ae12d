package dev.kvasir.cache.grid;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.BlockTier.WriteReason;
import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.ClearScope;
import dev.kvasir.cache.CorruptBlockException;
import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.LoadRule;
import dev.kvasir.cache.Lookup;
import dev.kvasir.cache.Source;
import dev.kvasir.cache.TierEvent;
import dev.kvasir.cache.disk.DiskRules;
import dev.kvasir.cache.disk.DiskTier;
import dev.kvasir.inference.BlockHash;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two members; the first has a disk, the second has none. */
final class SharedDiskTest {
  private static final int BLOCK_BYTES = 20_000;

  @TempDir Path folder;
  private final ExecutorService executor = Executors.newFixedThreadPool(2);
  private final TestingCluster cluster = TestingCluster.of(2);
  private final Grid a = cluster.member(0);
  private final Grid b = cluster.member(1);
  private final TestingBlocks chain = TestingBlocks.chain(1, 5, BLOCK_BYTES);

  private void shareDisk() {
    a.share(
        DiskTier.open(
            folder, null, new DiskRules(100L << 20, EvictionKind.LRU, a::pins), executor));
  }

  @AfterEach
  void stop() throws InterruptedException {
    cluster.close();
    executor.shutdown();
    assertTrue(executor.awaitTermination(30, TimeUnit.SECONDS), "the disk's writer has ended");
  }

  private void write(TestingBlocks blocks) {
    for (int i = 0; i < blocks.blocks().size(); i++) {
      assertTrue(
          a.disk()
              .write(blocks.placements().get(i), blocks.blocks().get(i), WriteReason.PUBLISHED, 0));
    }
    Await.until(
        "both know",
        () -> known(a, blocks) == blocks.blocks().size() && known(b, blocks) == known(a, blocks));
  }

  private static long known(Grid grid, TestingBlocks blocks) {
    return blocks.hashes().stream().filter(grid.disk()::contains).count();
  }

  private static Lookup.Fetched fetch(Grid grid, BlockHash hash) throws Exception {
    return grid.disk().fetch(hash, 10_000).toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void fetch_onAnothersDisk_sameBytes() throws Exception {
    shareDisk();
    write(chain);
    assertEquals(0, b.countLeading(chain.hashes()), "not in the grid");
    for (int i = 0; i < 5; i++) {
      Lookup.Fetched fetched = fetch(b, chain.hashes().get(i));
      assertNotNull(fetched);
      assertEquals(Source.DISK, fetched.source());
      assertArrayEquals(chain.blocks().get(i).bytes(), fetched.block().bytes());
    }
    assertFalse(
        b.disk().write(chain.placements().get(0), chain.blocks().get(0), WriteReason.PUBLISHED, 0),
        "one disk is enough");
    assertEquals(1, b.disk().stats().of(TierEvent.PROMOTED));
  }

  @Test
  void fetch_corruptOrGoneThere_isForgottenByBoth() throws Exception {
    shareDisk();
    write(chain);
    Path file = file(0);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
    Files.delete(file(1));

    ExecutionException failure =
        assertThrows(ExecutionException.class, () -> fetch(b, chain.hashes().get(0)));
    assertInstanceOf(CorruptBlockException.class, failure.getCause());
    assertNull(fetch(b, chain.hashes().get(1)));
    assertFalse(b.disk().contains(chain.hashes().get(0)));
    assertFalse(b.disk().contains(chain.hashes().get(1)));
    assertEquals(3, known(a, chain));
  }

  private Path file(int block) {
    String name = chain.hashes().get(block).toString();
    return folder.resolve(name.substring(0, 2)).resolve(name);
  }

  @Test
  void remove_onAnothersDisk_isGoneThere() {
    shareDisk();
    write(chain);
    b.disk().remove(chain.hashes().get(4));
    Await.until("a dropped it", () -> !a.disk().contains(chain.hashes().get(4)));
  }

  @Test
  void clear_everything_emptiesDisks() {
    shareDisk();
    write(chain);
    b.admin().clear(ClearScope.ALL);
    assertEquals(0, known(a, chain));
    Await.until("b knows", () -> known(b, chain) == 0);
  }

  @Test
  void kill_memberWithDisk_isForgotten() {
    shareDisk();
    write(chain);
    a.kill();
    Await.until("b forgot", () -> known(b, chain) == 0);
  }

  @Test
  void reconcile_newsWasMissed_isAskedFor() {
    shareDisk();
    write(chain);
    b.sharedDisk().forgetAll(); // as if it had never heard
    Await.until("b asked", () -> known(b, chain) == 5);
  }

  @Test
  void evict_fromTheGrid_keptOnDiskAndCounted() throws Exception {
    shareDisk();
    TestingGrid.change(
        a,
        new CacheSettings(
            EvictionKind.LRU, CacheSettings.MIN_BUDGET_BYTES, LoadRule.ALWAYS, 2_000));
    List<TestingBlocks> chains =
        IntStream.range(0, 20).mapToObj(i -> TestingBlocks.chain(100 + i, 5, BLOCK_BYTES)).toList();
    chains.forEach(blocks -> blocks.putInto(a));
    Await.until("a evicted and kept", () -> a.disk().stats().of(TierEvent.DEMOTED) >= 10);
    Await.until(
        "all of it is written",
        () -> a.disk().stats().of(TierEvent.WRITTEN) == a.disk().stats().of(TierEvent.DEMOTED));
    for (TestingBlocks blocks : chains) {
      for (int i = 0; i < 5; i++) {
        BlockHash hash = blocks.hashes().get(i);
        if (a.disk().contains(hash)) {
          Lookup.Fetched fetched = fetch(a, hash);
          assertNotNull(fetched);
          assertArrayEquals(blocks.blocks().get(i).bytes(), fetched.block().bytes());
        }
      }
    }
  }
}
