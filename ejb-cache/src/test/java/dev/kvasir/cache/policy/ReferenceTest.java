package dev.kvasir.cache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.cache.EvictionKind;
import dev.kvasir.inference.BlockHash;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Where no block continues another one, ours are the papers' caches, hit by hit. */
final class ReferenceTest {
  private static final int ACCESSES = 4_000;

  @ParameterizedTest
  @EnumSource(
      mode = Mode.INCLUDE,
      names = {"LRU", "FIFO", "SLRU", "SIEVE", "S3_FIFO", "ARC"})
  void serve_pagesWithoutPrefixes_hitsAsThePaperSays(EvictionKind kind) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int capacity : new int[] {1, 2, 3, 10, 11, 40, 100}) {
      for (IntFunction<Integer> pages : workloads(random, capacity)) {
        ReferenceCache reference = reference(kind, capacity);
        LinearCache ours = new LinearCache(kind, capacity);
        for (int i = 0; i < ACCESSES; i++) {
          int page = pages.apply(i);
          String when = "access %d of capacity %d, seed %d".formatted(i, capacity, seed);
          assertEquals(reference.access(page), ours.access(page), when);
        }
      }
    }
  }

  /** Skewed, a loop, skewed with scans, and everything once. */
  private static List<IntFunction<Integer>> workloads(Random random, int capacity) {
    IntFunction<Integer> skewed = i -> (int) (4 * capacity * Math.pow(random.nextDouble(), 3));
    return List.of(
        skewed,
        i -> i % (capacity + 1 + capacity / 3),
        i -> i / capacity % 3 == 0 ? 10_000 + i : skewed.apply(i),
        i -> i);
  }

  private static ReferenceCache reference(EvictionKind kind, int capacity) {
    return switch (kind) {
      case LRU -> ReferenceCache.lru(capacity);
      case FIFO -> ReferenceCache.fifo(capacity);
      case SLRU -> ReferenceCache.slru(capacity);
      case SIEVE -> ReferenceCache.sieve(capacity);
      case S3_FIFO -> ReferenceCache.s3Fifo(capacity);
      case ARC -> ReferenceCache.arc(capacity);
      default -> throw new IllegalArgumentException("no reference for " + kind);
    };
  }

  /** Our tree as a cache of pages: one leaves before the next one comes. */
  private static final class LinearCache {
    private final EvictionKind kind;
    private final int capacity;
    private final PrefixTree tree;
    private long now;

    LinearCache(EvictionKind kind, int capacity) {
      this.kind = kind;
      this.capacity = capacity;
      this.tree = new PrefixTree(kind);
      tree.setCapacity(capacity);
    }

    boolean access(int page) {
      BlockHash hash = new BlockHash(0, 0, 0, page);
      now++;
      if (tree.contains(hash)) {
        tree.touch(hash, 1, now);
        return true;
      }
      boolean comesFirst = kind == EvictionKind.ARC; // it learns from who comes whom to let go
      if (!comesFirst) {
        makeRoom(1, hash);
      }
      boolean unused = tree.add(new TreeBlock(hash, null, 0, 1, "default"), now);
      if (comesFirst) {
        makeRoom(0, hash);
      }
      return false;
    }

    private void makeRoom(int room, BlockHash coming) {
      if (tree.size() + room > capacity) {
        assertEquals(1, tree.takeVictims(1, Long.MAX_VALUE, hash -> !hash.equals(coming)).size());
      }
    }
  }
}
