package dev.kvasir.cache.grid;

import com.hazelcast.map.IMap;
import dev.kvasir.cache.Lifetime;
import dev.kvasir.cache.policy.TreeBlock;
import dev.kvasir.inference.BlockHash;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Takes blocks out of this member's partitions that are too old or were not used for too long. A
 * sweep looks at some blocks and the next one goes on behind them, so a block leaves soon after its
 * time, not at it. One thread at a time.
 */
final class Expiry {
  /*
   * Hazelcast's own time to live was considered: it is fixed when a block is written, so a change
   * of settings would not reach what is there, it does not know of pins, and its idle time does not
   * see what the near caches serve.
   */

  /** Some 2 ms under the tree's lock. */
  private static final int MAX_LOOKS = 20_000;

  private final BlockExit exit;
  private final IndexReplica replica;
  private final Predicate<BlockHash> isOwn;
  private final Function<String, Lifetime> lifetimeOf;

  /**
   * @param isOwn whether a block lies in a partition of this member
   * @param lifetimeOf a tenant's blocks, as settings have it now
   */
  Expiry(
      IMap<BlockHash, byte[]> blocks,
      IMap<BlockHash, IndexEntry> index,
      IndexReplica replica,
      Predicate<BlockHash> isOwn,
      Function<String, Lifetime> lifetimeOf) {
    this.exit = new BlockExit(blocks, index);
    this.replica = replica;
    this.isOwn = isOwn;
    this.lifetimeOf = lifetimeOf;
  }

  void sweep() {
    List<TreeBlock> expired = replica.takeExpired(MAX_LOOKS, lifetimeOf, isOwn);
    int gone = 0;
    try {
      for (TreeBlock block : expired) {
        exit.expire(block);
        replica.left(block.hash());
        gone++;
      }
    } finally {
      expired.subList(gone, expired.size()).forEach(replica::stay);
    }
  }
}
