package dev.kvasir.cache.disk;

import dev.kvasir.cache.BlockTier.WriteReason;
import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.Lookup;
import dev.kvasir.cache.TierEvent;
import dev.kvasir.cache.grid.TestingBlocks;
import dev.kvasir.inference.BlockHash;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads chains of 50 blocks of 1.47 MB through the disk tier, plain and sealed; no test.
 * {@code java -cp ... dev.kvasir.cache.disk.DiskSpeed FOLDER}
 */
final class DiskSpeed {
  private static final Logger LOG = System.getLogger(DiskSpeed.class.getName());
  private static final int BLOCKS = 50;
  private static final int BLOCK_BYTES = 1_474_880;
  private static final int CHAINS = 8;

  private DiskSpeed() {}

  public static void main(String[] args) throws Exception {
    measure("plain", Path.of(args[0], "plain"), null);
    measure("sealed", Path.of(args[0], "sealed"), "secret");
  }

  private static void measure(String what, Path folder, @Nullable String secret) throws Exception {
    ExecutorService executor = Executors.newCachedThreadPool();
    DiskRules rules = new DiskRules(10L << 30, EvictionKind.LRU, Set::of);
    try (DiskTier tier = DiskTier.open(folder, secret, rules, executor)) {
      for (int i = 0; i < CHAINS; i++) {
        TestingBlocks chain = TestingBlocks.chain(i, BLOCKS, BLOCK_BYTES);
        long begin = System.nanoTime();
        write(tier, chain, (i + 1) * BLOCKS);
        long written = System.nanoTime();
        read(tier, chain.hashes());
        LOG.log(
            Level.INFO,
            "{0}: write {1} MB/s, read {2} MB/s",
            what,
            rate(written - begin),
            rate(System.nanoTime() - written));
      }
      long unused = tier.clear(tenant -> true);
    }
    executor.shutdownNow();
  }

  private static void write(DiskTier tier, TestingBlocks chain, int total) {
    for (int i = 0; i < BLOCKS; i++) {
      while (!tier.write(
          chain.placements().get(i), chain.blocks().get(i), WriteReason.PUBLISHED, 10_000)) {
        Thread.onSpinWait();
      }
    }
    while (tier.stats().of(TierEvent.WRITTEN) < total) {
      Thread.onSpinWait();
    }
  }

  private static void read(DiskTier tier, List<BlockHash> hashes) throws Exception {
    List<CompletableFuture<Lookup.Fetched>> reads =
        hashes.stream().map(hash -> tier.fetch(hash, 60_000).toCompletableFuture()).toList();
    for (CompletableFuture<Lookup.Fetched> read : reads) {
      Lookup.Fetched unused = read.get(60, TimeUnit.SECONDS);
    }
  }

  private static long rate(long nanos) {
    return Math.round((double) BLOCKS * BLOCK_BYTES * 1e3 / nanos);
  }
}
