package dev.kvasir.cache.grid;

import dev.kvasir.cache.Source;
import dev.kvasir.inference.BlockHash;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * How long a round of parallel fetches takes between two members in this process, and a put: run by
 * hand, with the module's test class path. Printed, not asserted; on 2 busy cores 15 blocks of 1.5
 * MB took 40 to 60 ms remote, 15 to 25 local and 0.03 near.
 */
final class FetchSpeed {
  private static final System.Logger LOG = System.getLogger(FetchSpeed.class.getName());
  private static final int BLOCKS = 15;
  private static final int BLOCK_BYTES = 1_500_000;
  private static final int ROUNDS = 60;

  private FetchSpeed() {}

  /** No arguments. */
  public static void main(String[] args) {
    try (TestingCluster cluster = TestingCluster.of(2)) {
      measurePuts(cluster.member(0));
      for (Source source : List.of(Source.REMOTE, Source.LOCAL, Source.NEAR)) {
        measureFetches(cluster.member(0), source);
      }
    }
  }

  private static void measurePuts(Grid grid) {
    double[] millis = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      TestingBlocks block = TestingBlocks.chain(5_000 + round, 1, BLOCK_BYTES);
      long start = System.nanoTime();
      block.putInto(grid);
      millis[round] = (System.nanoTime() - start) / 1e6;
    }
    report("put of one block with its backup", millis);
  }

  private static void measureFetches(Grid grid, Source source) {
    List<BlockHash> hashes = stored(grid, source != Source.REMOTE);
    double[] millis = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      if (source != Source.NEAR) {
        Collections.shuffle(hashes);
        hashes.forEach(grid::forgetNear);
      }
      long start = System.nanoTime();
      fetchAll(grid, hashes, source);
      millis[round] = (System.nanoTime() - start) / 1e6;
    }
    report(BLOCKS + " blocks in parallel, " + source.label(), millis);
  }

  private static List<BlockHash> stored(Grid grid, boolean own) {
    List<BlockHash> hashes = new ArrayList<>();
    for (int seed = own ? 0 : 1_000; hashes.size() < BLOCKS; seed++) {
      TestingBlocks block = TestingBlocks.chain(seed, 1, BLOCK_BYTES);
      if (grid.owns(block.hashes().get(0)) == own) {
        block.putInto(grid);
        hashes.addAll(block.hashes());
      }
    }
    return hashes;
  }

  private static void fetchAll(Grid grid, List<BlockHash> hashes, Source source) {
    CompletableFuture<?>[] fetches =
        hashes.stream()
            .map(
                hash ->
                    grid.fetch(hash, 5_000)
                        .thenAccept(
                            fetched -> {
                              if (source == Source.NEAR
                                  && (fetched == null || fetched.source() != source)) {
                                LOG.log(Level.INFO, "not yet from the near cache");
                              }
                            })
                        .toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(fetches).join();
  }

  private static void report(String what, double[] millis) {
    double[] sorted = millis.clone();
    Arrays.sort(sorted);
    LOG.log(
        Level.INFO,
        "{0} x {1} bytes: p50 {2} ms, p90 {3} ms, min {4} ms",
        what,
        BLOCK_BYTES,
        sorted[ROUNDS / 2],
        sorted[ROUNDS * 9 / 10],
        sorted[0]);
  }
}
