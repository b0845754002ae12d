package dev.kvasir.cache.grid;

import dev.kvasir.cache.BlockAges;
import dev.kvasir.cache.Lifetime;
import dev.kvasir.cache.Ticker;
import dev.kvasir.cache.TunedPolicy;
import dev.kvasir.cache.policy.AgeObserver;
import dev.kvasir.cache.policy.BlockUsage;
import dev.kvasir.cache.policy.PrefixTree;
import dev.kvasir.cache.policy.TreeBlock;
import dev.kvasir.inference.BlockHash;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * This member's copy of the whole index, as its events tell: lookups ask nobody else.
 *
 * <p>Safe for all threads: the tree has one lock, held for no call to anybody else; {@link
 * #countLeading} takes none.
 */
final class IndexReplica {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Ticker ticker;
  private final LongSupplier clusterMillis;
  private final PrefixTree tree; // changed and read under its own monitor, contains() excepted

  /** Blocks that are not found here any more, while this member still deletes them. */
  private final Set<BlockHash> leaving = ConcurrentHashMap.newKeySet();

  private volatile int capacity;

  /**
   * An empty replica.
   *
   * @param tree empty; this replica's from now on
   * @param ticker monotonic nanoseconds, compared in this process only
   * @param clusterMillis the clock that all members share
   */
  IndexReplica(PrefixTree tree, Ticker ticker, LongSupplier clusterMillis) {
    this.ticker = ticker;
    this.clusterMillis = clusterMillis;
    this.tree = tree;
  }

  /** Tells of blocks' ages from now on, under the tree's lock. */
  void observe(BlockAges ages) {
    AgeObserver observer =
        new AgeObserver() {
          @Override
          public void used(long lastUseNanos, long nowNanos) {
            ages.used((nowNanos - lastUseNanos) / NANOS_PER_SECOND);
          }

          @Override
          public void evicted(long addedNanos, long lastUseNanos) {
            long now = ticker.read();
            ages.evicted(
                (now - addedNanos) / NANOS_PER_SECOND, (now - lastUseNanos) / NANOS_PER_SECOND);
          }
        };
    synchronized (tree) {
      tree.observe(observer);
    }
  }

  int countLeading(List<BlockHash> hashes) {
    int leading = 0;
    while (leading < hashes.size() && tree.contains(hashes.get(leading))) {
      leading++;
    }
    return leading;
  }

  /** Whether a block may be stored: not if it is known, nor while it is being deleted. */
  boolean maySettle(BlockHash hash) {
    return !tree.contains(hash) && !leaving.contains(hash);
  }

  /** Forgets a block that this member begins to delete; {@link #left} must follow. */
  void leave(BlockHash hash) {
    leaving.add(hash);
    remove(hash);
  }

  /** The deletion is over, well or badly. */
  void left(BlockHash hash) {
    leaving.remove(hash);
  }

  /** A victim stays after all, as stored and used now; what was known of its use is gone. */
  void stay(TreeBlock victim) {
    synchronized (tree) {
      boolean unused = tree.add(victim, ticker.read());
    }
    left(victim.hash());
  }

  /** Adds a block; false if it was known. */
  boolean add(BlockHash hash, IndexEntry entry) {
    long ageMillis = Math.max(0, clusterMillis.getAsLong() - entry.storedMillis());
    synchronized (tree) {
      long now = ticker.read();
      return tree.add(entry.block(hash), now - TimeUnit.MILLISECONDS.toNanos(ageMillis), now);
    }
  }

  /** Forgets a block; false if it was not known. */
  boolean remove(BlockHash hash) {
    synchronized (tree) {
      return tree.remove(hash).isPresent();
    }
  }

  /** Forgets all blocks; returns how many. */
  int clear() {
    synchronized (tree) {
      return tree.clear();
    }
  }

  /** What is known of the use of blocks: those used last, at most so many. */
  Usages usages(int limit) {
    List<BlockUsage> recent =
        select(hash -> true, Integer.MAX_VALUE).stream()
            .sorted(Comparator.comparingLong(this::idleNanos))
            .limit(limit)
            .toList();
    return new Usages(
        recent.stream().map(usage -> usage.block().hash()).toList(),
        recent.stream().mapToLong(BlockUsage::uses).toArray(),
        recent.stream().mapToLong(this::idleNanos).toArray());
  }

  /** Takes over what a member tells of the use of blocks: the one used last comes first in it. */
  void adopt(Usages usages) {
    synchronized (tree) {
      long now = ticker.read();
      for (int i = usages.size() - 1; i >= 0; i--) { // the one used longest ago first
        tree.touch(usages.hashes().get(i), usages.uses()[i], now - usages.idleNanos()[i]);
      }
    }
  }

  /** See {@link PrefixTree#setCapacity}. */
  void setCapacity(int blocks) {
    capacity = blocks;
    synchronized (tree) {
      tree.setCapacity(blocks);
    }
  }

  /** Blocks there is room for, as last set; 0 before. */
  int capacity() {
    return capacity;
  }

  void switchTo(TunedPolicy policy) {
    synchronized (tree) {
      tree.switchTo(policy);
    }
  }

  void pin(BlockHash hash) {
    synchronized (tree) {
      tree.pin(hash);
    }
  }

  void unpin(BlockHash hash) {
    synchronized (tree) {
      tree.unpin(hash);
    }
  }

  /** The pinned blocks, a copy. */
  Set<BlockHash> pins() {
    synchronized (tree) {
      return tree.pins();
    }
  }

  /**
   * See {@link PrefixTree#takeVictims}; each must be followed by {@link #left} or {@link #stay}.
   */
  List<TreeBlock> takeVictims(long bytesToFree, long maxLeaves, Predicate<BlockHash> mayLeave) {
    synchronized (tree) {
      return tree.takeVictims(
          bytesToFree, maxLeaves, hash -> mayLeave.test(hash) && leaving.add(hash));
    }
  }

  /**
   * See {@link PrefixTree#takeExpired}; each must be followed by {@link #left} or {@link #stay}.
   */
  List<TreeBlock> takeExpired(
      int maxLooks, Function<String, Lifetime> lifetimeOf, Predicate<BlockHash> mayLeave) {
    synchronized (tree) {
      return tree.takeExpired(
          ticker.read(), maxLooks, lifetimeOf, hash -> mayLeave.test(hash) && leaving.add(hash));
    }
  }

  /** Who would leave next; empty if nobody may. */
  Optional<TreeBlock> nextVictim() {
    synchronized (tree) {
      return tree.nextVictim();
    }
  }

  boolean contains(BlockHash hash) {
    return tree.contains(hash);
  }

  int evictableCount() {
    synchronized (tree) {
      return tree.evictableCount();
    }
  }

  Optional<BlockUsage> find(BlockHash hash) {
    synchronized (tree) {
      return tree.find(hash);
    }
  }

  List<BlockUsage> select(Predicate<BlockHash> filter, int limit) {
    synchronized (tree) {
      return tree.select(filter, limit);
    }
  }

  List<BlockHash> pathTo(BlockHash hash) {
    synchronized (tree) {
      return tree.pathTo(hash);
    }
  }

  Set<BlockHash> hashes() {
    return tree.hashes();
  }

  /** The names of a tenant's blocks, a copy. */
  Set<BlockHash> hashesOf(String tenant) {
    synchronized (tree) {
      return tree.hashesOf(tenant);
    }
  }

  int size() {
    return tree.size();
  }

  /** Bytes of a tenant's blocks. */
  long bytes(String tenant) {
    synchronized (tree) {
      return tree.bytes(tenant);
    }
  }

  /** Bytes of the blocks of each tenant that has any. */
  Map<String, Long> bytesByTenant() {
    synchronized (tree) {
      return tree.bytesByTenant();
    }
  }

  long bytes() {
    synchronized (tree) {
      return tree.bytes();
    }
  }

  double ageSeconds(BlockUsage usage) {
    return (ticker.read() - usage.storedNanos()) / NANOS_PER_SECOND;
  }

  double idleSeconds(BlockUsage usage) {
    return idleNanos(usage) / NANOS_PER_SECOND;
  }

  private long idleNanos(BlockUsage usage) {
    return ticker.read() - usage.lastUseNanos();
  }
}
