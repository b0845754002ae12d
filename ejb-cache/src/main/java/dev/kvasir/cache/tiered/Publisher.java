package dev.kvasir.cache.tiered;

import dev.kvasir.cache.BlockStore;
import dev.kvasir.cache.BlockTier.WriteReason;
import dev.kvasir.cache.Prefix;
import dev.kvasir.cache.PublishCounts;
import dev.kvasir.cache.StoreOutcome;
import dev.kvasir.cache.stats.CacheCounters;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.KvBlock;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Carries blocks from the engine's pool to the store, behind the requests' backs. */
public final class Publisher {
  /*
   * A queue of prefixes, bounded by their blocks; at most one task drains it. What does not fit is
   * dropped: a lost publish is only a future miss. The bytes leave the pool when a block's turn
   * comes, so the queue holds names, not K/V; a block that the pool has given away by then is
   * dropped too. Parents go before children, and after a block that was not stored the rest of its
   * prefix is not tried: nobody could find it.
   *
   * What is in the grid then goes on to the disk, whose writer has a bounded queue of its own; this
   * task waits for room in it a little, since a prefix with a gap is worth nothing behind the gap.
   *
   * If a drain task dies, of an Error, what waited is given up with it and the next offer starts
   * another: an engine that runs out of memory once does not end publishing for good.
   *
   * Lock: this. Never held during a call to store, model or executor.
   */
  private static final int DISK_PATIENCE_MILLIS = 500;

  private final Tiers tiers;
  private final Executor executor;
  private final int capacityBlocks;
  private final CacheCounters counters;

  private final LongAdder published = new LongAdder();
  private final LongAdder skipped = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final Map<String, LongAdder> refused = new ConcurrentHashMap<>();

  /** Guarded by this. */
  private final ArrayDeque<Offer> queue = new ArrayDeque<>();

  /** Blocks of the queue and of the offer in work. Guarded by this. */
  private int queuedBlocks;

  /** Whether a task drains the queue. Guarded by this. */
  private boolean draining;

  /**
   * @param tiers from and to where
   * @param executor runs the drain task; may run it at once
   * @param capacityBlocks most blocks that wait
   * @param counters hear of trouble
   */
  public Publisher(Tiers tiers, Executor executor, int capacityBlocks, CacheCounters counters) {
    this.tiers = tiers;
    this.executor = executor;
    this.capacityBlocks = capacityBlocks;
    this.counters = counters;
  }

  /** Queues the blocks of a prefix that the store has not. */
  void offer(Prefix prefix) {
    int blocks = prefix.hashes().size();
    int known = knownBlocks(prefix);
    skipped.add(known);
    tellAsked(prefix);
    if (known == blocks) {
      return;
    }
    boolean start;
    int taken;
    synchronized (this) {
      taken = Math.min(blocks - known, capacityBlocks - queuedBlocks);
      dropped.add(blocks - known - taken);
      if (taken > 0) {
        queue.add(new Offer(prefix, known, known + taken));
        queuedBlocks += taken;
      }
      start = taken > 0 && !draining;
      draining |= start;
    }
    forgo(prefix, known + taken, blocks);
    if (start) {
      startDraining();
    }
  }

  private void tellAsked(Prefix prefix) {
    try {
      tiers.store().asked(prefix.hashes());
    } catch (RuntimeException | OutOfMemoryError e) {
      counters.storeTrouble(e);
    }
  }

  private int knownBlocks(Prefix prefix) {
    try {
      return tiers.store().countLeading(prefix.hashes());
    } catch (RuntimeException | OutOfMemoryError e) {
      counters.storeTrouble(e);
      return 0;
    }
  }

  private void startDraining() {
    try {
      executor.execute(this::drain);
    } catch (RejectedExecutionException e) {
      counters.storeTrouble(e);
      giveUpQueue(dropped);
    }
  }

  private void drain() {
    boolean finished = false;
    try {
      for (Offer offer = takeOffer(); offer != null; offer = takeOffer()) {
        publish(offer);
        synchronized (this) {
          queuedBlocks -= offer.toBlock() - offer.fromBlock();
        }
      }
      finished = true;
    } finally {
      if (!finished) {
        giveUpQueue(failed);
      }
    }
  }

  /** Counts all that waits, and the offer in work, as that; the next offer starts anew. */
  private synchronized void giveUpQueue(LongAdder result) {
    result.add(queuedBlocks);
    queue.clear();
    queuedBlocks = 0;
    draining = false;
  }

  private synchronized @Nullable Offer takeOffer() {
    Offer offer = queue.poll();
    draining = offer != null;
    return offer;
  }

  private void publish(Offer offer) {
    for (int index = offer.fromBlock(); index < offer.toBlock(); index++) {
      int rest = offer.toBlock() - index;
      Optional<KvBlock> block;
      try {
        block = tiers.model().get().exportBlock(offer.prefix().hashes().get(index));
      } catch (RuntimeException e) {
        counters.exportTrouble(e);
        failed.add(rest);
        forgo(offer.prefix(), index, offer.toBlock());
        return;
      }
      if (block.isEmpty()) {
        dropped.add(rest);
        forgo(offer.prefix(), index, offer.toBlock());
        return;
      }
      try {
        StoreOutcome outcome = tiers.store().putIfAbsent(offer.placement(index), block.get());
        if (outcome.isRefusal()) {
          refused(outcome.label(), 1);
          if (outcome == StoreOutcome.OVER_QUOTA) {
            counters.overQuota(offer.prefix().tenant());
          }
          refused(PublishCounts.BEHIND_REFUSED, rest - 1);
          forgo(offer.prefix(), index, offer.toBlock());
          return;
        }
        (outcome == StoreOutcome.STORED ? published : skipped).increment();
        keep(offer.placement(index), block.get(), outcome == StoreOutcome.STORED);
      } catch (RuntimeException e) {
        counters.storeTrouble(e);
        failed.add(rest);
        forgo(offer.prefix(), index, offer.toBlock());
        return;
      }
    }
  }

  private void refused(String reason, int blocks) {
    refused.computeIfAbsent(reason, any -> new LongAdder()).add(blocks);
  }

  private void keep(BlockStore.Placement placement, KvBlock block, boolean stored) {
    if (stored || !tiers.disk().contains(placement.hash())) {
      boolean unused =
          tiers.disk().write(placement, block, WriteReason.PUBLISHED, DISK_PATIENCE_MILLIS);
    }
  }

  /** Tells the store what it will not get, so that it can say so later. */
  private void forgo(Prefix prefix, int fromBlock, int toBlock) {
    if (fromBlock < toBlock) {
      tiers.store().notAdmitted(prefix.hashes().subList(fromBlock, toBlock));
    }
  }

  /** What became of the blocks so far. */
  PublishCounts counts() {
    int queued;
    synchronized (this) {
      queued = queuedBlocks;
    }
    Map<String, Long> refusals = new HashMap<>();
    refused.forEach((reason, blocks) -> refusals.put(reason, blocks.sum()));
    return new PublishCounts(
        published.sum(),
        skipped.sum(),
        dropped.sum(),
        failed.sum(),
        queued,
        refusals,
        counters.overQuota());
  }

  /** Blocks {@code [fromBlock, toBlock)} of a prefix that wait. */
  private record Offer(Prefix prefix, int fromBlock, int toBlock) {
    BlockStore.Placement placement(int index) {
      List<BlockHash> hashes = prefix.hashes();
      BlockHash parent = index == 0 ? null : hashes.get(index - 1);
      return new BlockStore.Placement(hashes.get(index), parent, index, prefix.tenant());
    }
  }
}
