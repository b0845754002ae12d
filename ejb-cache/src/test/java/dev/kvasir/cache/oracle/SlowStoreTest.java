package dev.kvasir.cache.oracle;

import static dev.kvasir.cache.oracle.OracleCluster.BLOCK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.completion.CacheReport;
import dev.kvasir.completion.MissReason;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store that takes its time costs a request its deadline, and nothing else. */
class SlowStoreTest {
  private static final int BLOCKS = 4;
  private static final int DEADLINE_MILLIS = 2_000; // far from each of the delays

  @TempDir Path folder;
  private OracleCluster cluster;
  private OracleNode node;

  @BeforeEach
  void start() throws Exception {
    cluster = new OracleCluster(1, folder, new Random(7));
    node = cluster.node(0);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {10, 50, 500, 10_000, 60_000})
  void answer_readsAreLate_sameBitsWithinTheDeadline(long delayMillis) throws Exception {
    int[] prompt = cluster.given(node, BLOCKS, node);
    node.clearPool();
    node.deadline(DEADLINE_MILLIS);
    node.store.delayReads(delayMillis);

    CacheReport report = cluster.sameBits(node, prompt, delayMillis + " ms late");

    boolean inTime = delayMillis < DEADLINE_MILLIS;
    assertEquals(inTime ? MissReason.NONE : MissReason.DEADLINE, report.missReason());
    assertEquals(inTime ? BLOCKS * BLOCK : 0, report.cachedTokens());
    assertTrue(report.lookupMillis() < 2 * DEADLINE_MILLIS, report::toString);
  }

  @Test
  void answer_writesHang_nobodyWaitsForThem() throws Exception {
    CountDownLatch hanging = new CountDownLatch(1);
    node.store.onWrite(
        0,
        () -> {
          try {
            assertTrue(hanging.await(60, TimeUnit.SECONDS));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    try {
      for (int i = 0; i < 5; i++) {
        cluster.sameBits(node, cluster.tokens(BLOCKS * BLOCK + 1), "while a write hangs");
      }
      assertEquals(5 * BLOCKS, node.stats().publishing().queued());
    } finally {
      hanging.countDown();
    }
    node.finishPublishing();
    assertEquals(5 * BLOCKS, node.stats().publishing().published());
  }
}
