package dev.kvasir.cache.tiered;

import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.CacheStats;
import dev.kvasir.cache.Lookup;
import dev.kvasir.cache.Prefix;
import dev.kvasir.cache.PrefixCache;
import dev.kvasir.cache.stats.CacheCounters;
import dev.kvasir.completion.CacheReport;
import dev.kvasir.completion.MissReason;
import dev.kvasir.inference.BlockFault;
import dev.kvasir.inference.BlockHash;
import java.util.List;

/** The prefix cache of a node: engine pool first, then the shared store. */
public final class TieredPrefixCache implements PrefixCache {
  private final Tiers tiers;
  private final LoadCost cost;
  private final Publisher publisher;
  private final CacheCounters counters;

  /**
   * @param tiers to look in
   * @param cost knows what loading and computing take here
   * @param publisher carries blocks from the pool to the store
   * @param counters of this node
   */
  public TieredPrefixCache(
      Tiers tiers, LoadCost cost, Publisher publisher, CacheCounters counters) {
    this.tiers = tiers;
    this.cost = cost;
    this.publisher = publisher;
    this.counters = counters;
  }

  @Override
  public Lookup longestPrefix(Prefix prefix) {
    List<BlockHash> hashes = prefix.hashes();
    if (hashes.isEmpty()) {
      return new Lookup.Miss(MissReason.PROMPT_SHORTER_THAN_BLOCK);
    }
    int poolBlocks = poolBlocks(prefix);
    Fetch fetch = fetchBehindPool(prefix, poolBlocks);
    return poolBlocks == 0 && fetch.blocks().isEmpty()
        ? new Lookup.Miss(fetch.reason())
        : new Lookup.ExactPrefix(poolBlocks, fetch.blocks(), fetch.reason());
  }

  private Fetch fetchBehindPool(Prefix prefix, int poolBlocks) {
    List<BlockHash> missing = prefix.hashes().subList(poolBlocks, prefix.hashes().size());
    if (missing.isEmpty()) {
      return Fetch.nothing(MissReason.NONE);
    }
    int known;
    try {
      known = tiers.store().countLeading(missing);
    } catch (RuntimeException e) {
      counters.storeTrouble(e);
      return Fetch.nothing(MissReason.GRID_UNAVAILABLE);
    }
    if (known == 0) {
      return Fetch.nothing(MissReason.NOT_CACHED);
    }
    CacheSettings settings = tiers.settings().get();
    int fromToken = poolBlocks * prefix.blockSize();
    LoadDecision decision =
        cost.decide(settings, fromToken, fromToken + known * prefix.blockSize());
    if (!decision.load()) {
      return Fetch.nothing(decision.reason());
    }
    Fetch fetch = tiers.reader().read(missing.subList(0, known), decision.deadlineMillis());
    return fetch.reason() == MissReason.NONE && known < missing.size()
        ? new Fetch(fetch.blocks(), MissReason.NOT_CACHED)
        : fetch;
  }

  @Override
  public int poolBlocks(Prefix prefix) {
    return tiers.model().get().countLeadingBlocks(prefix.hashes());
  }

  @Override
  public int knownBlocks(Prefix prefix) {
    int inPool = poolBlocks(prefix);
    List<BlockHash> missing = prefix.hashes().subList(inPool, prefix.hashes().size());
    try {
      return inPool + tiers.store().countLeading(missing);
    } catch (RuntimeException e) {
      counters.storeTrouble(e);
      return inPool;
    }
  }

  @Override
  public void publish(Prefix prefix) {
    publisher.offer(prefix);
  }

  @Override
  public void discard(BlockHash hash, BlockFault fault) {
    counters.discarded(fault);
    try {
      tiers.store().discard(hash);
    } catch (RuntimeException e) {
      counters.storeTrouble(e);
    }
  }

  @Override
  public void record(Prefix prefix, CacheReport report, double firstTokenMillis) {
    counters.record(report, firstTokenMillis);
    cost.observe(report, prefix.blockSize());
    List<BlockHash> used = prefix.hashes().subList(0, report.cachedTokens() / prefix.blockSize());
    if (!used.isEmpty()) {
      touch(used);
    }
  }

  private void touch(List<BlockHash> used) {
    try {
      tiers.store().touch(used);
    } catch (RuntimeException e) {
      counters.storeTrouble(e);
    }
  }

  @Override
  public CacheStats stats() {
    return counters.snapshot(publisher.counts(), tiers.store().stats(), tiers.model().get());
  }
}
