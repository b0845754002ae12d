package dev.kvasir.cache.oracle;

import static dev.kvasir.cache.oracle.OracleCluster.BLOCK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node whose heap is nearly full answers as ever. */
class HeapPressureTest {
  private static final double FULL = 0.95;
  private static final int PIECE_BYTES = (4 << 20) - 64;
  private static final int BLOCKS = 12;
  private static final int ROUNDS = 3;

  @TempDir Path folder;

  @Test
  void answer_heapNearlyFull_sameBits() throws Exception {
    try (OracleCluster cluster = new OracleCluster(2, folder, new Random(5))) {
      OracleNode a = cluster.node(0);
      OracleNode b = cluster.node(1);
      int[] before = cluster.given(a, BLOCKS, b);
      List<byte[]> ballast = fill();
      try {
        assertTrue(used() >= FULL - 0.01, () -> "heap used: " + used());
        int cached = cluster.sameBits(b, before, "before").cachedTokens();
        assertEquals(BLOCKS * BLOCK, cached);
        for (int round = 0; round < ROUNDS; round++) {
          int[] prompt = cluster.given(a, BLOCKS, b);
          assertEquals(
              BLOCKS * BLOCK, cluster.sameBits(b, prompt, "heap nearly full").cachedTokens());
        }
      } finally {
        Reference.reachabilityFence(ballast);
      }
    }
  }

  private static List<byte[]> fill() {
    List<byte[]> ballast = new ArrayList<>();
    System.gc();
    while (used() < FULL) {
      ballast.add(new byte[PIECE_BYTES]);
    }
    System.gc();
    while (used() < FULL) {
      ballast.add(new byte[PIECE_BYTES]);
    }
    return ballast;
  }

  private static double used() {
    Runtime runtime = Runtime.getRuntime();
    long free = runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
    return 1 - (double) free / runtime.maxMemory();
  }
}
