package dev.kvasir.cache.grid;

import dev.kvasir.cache.Source;
import dev.kvasir.inference.BlockHash;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;

/**
 * How long a look-up takes, and a round of parallel fetches, and a put, between two members in this
 * process, and for a client of both: run by hand, with the module's test class path. Printed, not
 * asserted; docs/design/06-tiers.md has the figures.
 */
final class FetchSpeed {
  private static final System.Logger LOG = System.getLogger(FetchSpeed.class.getName());
  private static final int BLOCKS = 15;
  private static final int BLOCK_BYTES = 1_500_000;
  private static final int ROUNDS = 200;
  private static final int INDEXED = 2_000; // blocks that the index knows beside

  private FetchSpeed() {}

  /** No arguments. */
  public static void main(String[] args) {
    ScheduledExecutorService scheduler = TestingGrid.scheduler();
    try (TestingCluster cluster = TestingCluster.of(2);
        Grid client = Grid.start(cluster.clientConfig("c"), scheduler)) {
      TestingBlocks.chain(9, INDEXED, 100).putInto(cluster.member(0));
      measure("member", cluster.member(0), List.of(Source.REMOTE, Source.LOCAL, Source.NEAR));
      measure("client", client, List.of(Source.REMOTE, Source.NEAR));
    }
    scheduler.shutdownNow();
  }

  private static void measure(String node, Grid grid, List<Source> sources) {
    LOG.log(Level.INFO, "{0}:", node);
    measureLookups(grid);
    measurePuts(grid);
    sources.forEach(source -> measureFetches(grid, source));
  }

  private static void measureLookups(Grid grid) {
    List<BlockHash> hashes = stored(grid, Source.NEAR);
    double[] millis = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      if (grid.countLeading(hashes) != BLOCKS) {
        throw new IllegalStateException("the index does not know all blocks");
      }
      millis[round] = (System.nanoTime() - start) / 1e6;
    }
    report("look-up of " + BLOCKS + " names", millis);
  }

  private static void measurePuts(Grid grid) {
    double[] millis = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      TestingBlocks block = TestingBlocks.chain(System.nanoTime(), 1, BLOCK_BYTES);
      long start = System.nanoTime();
      block.putInto(grid);
      millis[round] = (System.nanoTime() - start) / 1e6;
    }
    report("put of one block with its backup", millis);
  }

  private static void measureFetches(Grid grid, Source source) {
    List<BlockHash> hashes = stored(grid, source);
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

  private static List<BlockHash> stored(Grid grid, Source source) {
    List<BlockHash> hashes = new ArrayList<>();
    while (hashes.size() < BLOCKS) {
      TestingBlocks block = TestingBlocks.chain(System.nanoTime(), 1, BLOCK_BYTES);
      if (source == Source.NEAR || grid.owns(block.hashes().get(0)) == (source == Source.LOCAL)) {
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
        "{0} x {1} bytes: p50 {2} ms, p99 {3} ms, min {4} ms",
        what,
        BLOCK_BYTES,
        sorted[ROUNDS / 2],
        sorted[ROUNDS * 99 / 100],
        sorted[0]);
  }
}
