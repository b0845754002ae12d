package dev.kvasir.cache.oracle;

import static dev.kvasir.cache.oracle.OracleCluster.BLOCK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.CacheStats;
import dev.kvasir.completion.CacheReport;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was loaded is computed once more by a real engine, and only the time of it is kept. */
class RecomputeTest {
  private static final System.Logger LOG = System.getLogger(RecomputeTest.class.getName());
  private static final int BLOCKS = 8;

  @TempDir Path folder;

  @Test
  void record_loadWithAnEstimate_isMeasuredAndChangesNothing() throws Exception {
    try (OracleCluster cluster = new OracleCluster(1, folder, new Random(11))) {
      OracleNode node = cluster.node(0);
      int[] prompt = cluster.given(node, BLOCKS, node);
      for (int known = 1; known < 5; known++) {
        cluster.given(node, BLOCKS, node); // so that a rate is known
      }
      node.clearPool();

      CacheReport report = cluster.sameBits(node, prompt, "loaded");

      assertEquals(BLOCKS * BLOCK, report.cachedTokens());
      node.finishIdle();
      CacheStats before = node.stats();
      OracleCluster.await("it was measured", () -> node.stats().recomputes().measured() == 1);
      CacheStats after = node.stats();
      assertEquals(before.pool(), after.pool());
      assertEquals(before.engine(), after.engine());
      assertEquals(before.tokens(), after.tokens());
      assertEquals(before.publishing(), after.publishing());
      assertEquals(0, after.recomputes().dropped());
      assertTrue(Double.isFinite(after.recomputes().errorP50()), "error");
      LOG.log(Level.INFO, "expected {0} ms; {1}", report.estimate(), after.recomputes());
      cluster.sameBits(node, prompt, "from the pool, after it was computed once more");
    }
  }
}
