package dev.kvasir.cache.disk;

import dev.kvasir.cache.BlockTier.WriteReason;
import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.Lifetime;
import dev.kvasir.cache.Lookup;
import dev.kvasir.cache.grid.TestingBlocks;
import dev.kvasir.cache.testing.TestingTicker;
import dev.kvasir.inference.BlockHash;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A disk tier over a folder, with faults to order and a clock to move. */
final class TestingDisk implements AutoCloseable {
  static final int BLOCK_BYTES = 2_000;
  static final int FILE_BYTES = BlockFile.HEAD_BYTES + BLOCK_BYTES;

  final TestingFileStore files;
  final TestingTicker ticker = new TestingTicker();
  final Set<BlockHash> pins = new HashSet<>();
  final DiskTier tier;
  volatile Lifetime lifetime = Lifetime.UNBOUNDED;

  /** All work is done at once, in the caller's thread. */
  TestingDisk(Path folder, int budgetBlocks) {
    this(folder, budgetBlocks, null, Runnable::run);
  }

  TestingDisk(Path folder, int budgetBlocks, @Nullable String secret, Executor executor) {
    files = new TestingFileStore(new FolderStore(folder));
    tier =
        new DiskTier(
            new DiskParts(
                files,
                new BlockFile(secret == null ? null : new BlockCipher(secret)),
                new DiskRules(
                    (long) budgetBlocks * FILE_BYTES,
                    EvictionKind.LRU,
                    tenant -> lifetime,
                    () -> pins),
                ticker),
            executor);
    tier.start();
  }

  static TestingBlocks chain(long seed, int length) {
    return TestingBlocks.chain(seed, length, BLOCK_BYTES);
  }

  void write(TestingBlocks blocks) {
    for (int i = 0; i < blocks.blocks().size(); i++) {
      tier.write(blocks.placements().get(i), blocks.blocks().get(i), WriteReason.PUBLISHED, 0);
    }
  }

  Lookup.@Nullable Fetched read(BlockHash hash) throws Exception {
    return tier.fetch(hash, 10_000).toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  static Path file(Path folder, BlockHash hash) {
    return folder.resolve(hash.toString().substring(0, 2)).resolve(hash.toString());
  }

  @Override
  public void close() {
    tier.close();
  }
}
