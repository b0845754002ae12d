package dev.kvasir.cache.grid;

import dev.kvasir.cache.BlockStore.Placement;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.KvBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Made-up prefixes: each a chain of blocks with random names and bytes. */
public record TestingBlocks(List<Placement> placements, List<KvBlock> blocks) {
  /** A prefix of blocks of so many random bytes. */
  public static TestingBlocks chain(long seed, int length, int bytes) {
    return chain("default", seed, length, bytes);
  }

  /** The same of a tenant. */
  public static TestingBlocks chain(String tenant, long seed, int length, int bytes) {
    Random random = new Random(seed);
    List<Placement> placements = new ArrayList<>();
    List<KvBlock> blocks = new ArrayList<>();
    @Nullable BlockHash parent = null;
    for (int depth = 0; depth < length; depth++) {
      BlockHash hash =
          new BlockHash(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
      byte[] payload = new byte[bytes];
      random.nextBytes(payload);
      placements.add(new Placement(hash, parent, depth, tenant));
      blocks.add(KvBlock.wrap(payload));
      parent = hash;
    }
    return new TestingBlocks(placements, blocks);
  }

  /** The names, in order. */
  public List<BlockHash> hashes() {
    return placements.stream().map(Placement::hash).toList();
  }

  void putInto(Grid grid) {
    for (int i = 0; i < placements.size(); i++) {
      grid.putIfAbsent(placements.get(i), blocks.get(i));
    }
  }
}
