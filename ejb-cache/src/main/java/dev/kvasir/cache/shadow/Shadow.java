package dev.kvasir.cache.shadow;

import dev.kvasir.cache.ShadowPolicy;
import dev.kvasir.cache.ShadowReport;
import dev.kvasir.cache.policy.Admission;
import dev.kvasir.cache.policy.CacheSimulator;
import dev.kvasir.cache.policy.RecomputeCost;
import dev.kvasir.cache.policy.TreeBlock;
import dev.kvasir.inference.BlockHash;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** One policy at one budget, on the requests that it is told of. One thread at a time. */
final class Shadow {
  /*
   * A name takes some 700 bytes here, ghosts included. So that a shadow takes 50 MB at most,
   * whatever the budget, one that stands for more than MAX_BLOCKS sees one in 2, 4, 8, ... chains,
   * by the hash of the chain's first block, in as much less room.
   */
  static final int MAX_BLOCKS = 1 << 16;

  private static final double RECENT_BLOCKS = 10_000;

  private final ShadowPolicy policy;
  private final RecomputeCost cost;
  private final FadingRatio whole = new FadingRatio(1);
  private final FadingRatio recent = new FadingRatio(1 - 1 / RECENT_BLOCKS);
  private int sampledOf;
  private CacheSimulator.Room room;
  private CacheSimulator cache;

  /**
   * An empty one.
   *
   * @param live room of the live policy
   */
  Shadow(ShadowPolicy policy, CacheSimulator.Room live, RecomputeCost cost) {
    this.policy = policy;
    this.cost = cost;
    this.sampledOf = samplingFor(live);
    this.room = roomOf(live);
    this.cache = newCache();
  }

  ShadowPolicy policy() {
    return policy;
  }

  /** The live policy has this room now; where that needs another sampling, all begins anew. */
  void resize(CacheSimulator.Room live) {
    int sampling = samplingFor(live);
    boolean anew = sampling != sampledOf;
    sampledOf = sampling;
    room = roomOf(live);
    if (anew) {
      cache = newCache();
    } else {
      cache.resize(room);
    }
  }

  /** A request asked for blocks, of which the live policy had so many of the leading ones. */
  void look(String tenant, List<BlockHash> chain, int liveHits) {
    if (sees(chain)) {
      int hits = cache.look(chain.size(), blocksOf(tenant, chain));
      whole.add(chain.size(), hits, liveHits);
      recent.add(chain.size(), hits, liveHits);
    }
  }

  /** A request's blocks are there now. */
  void publish(String tenant, List<BlockHash> chain) {
    if (sees(chain)) {
      cache.publish(chain.size(), blocksOf(tenant, chain));
    }
  }

  ShadowReport.Run report() {
    return new ShadowReport.Run(
        policy.toString(),
        whole.snapshot(),
        recent.snapshot(),
        cache.size(),
        room.startBlocks(),
        sampledOf);
  }

  private CacheSimulator newCache() {
    return new CacheSimulator(
        policy.policy(), Admission.of(policy.admission(), room.startBlocks()), room, cost);
  }

  private int samplingFor(CacheSimulator.Room live) {
    int sampling = 1;
    while (live.startBlocks() * policy.budgetFactor() / sampling > MAX_BLOCKS) {
      sampling *= 2;
    }
    return sampling;
  }

  private CacheSimulator.Room roomOf(CacheSimulator.Room live) {
    double factor = policy.budgetFactor() / sampledOf;
    return new CacheSimulator.Room(
        (int) Math.max(1, live.startBlocks() * factor),
        (int) Math.max(1, live.stopBlocks() * factor));
  }

  private boolean sees(List<BlockHash> chain) {
    return !chain.isEmpty() && (chain.get(0).word1() & (sampledOf - 1)) == 0;
  }

  private static IntFunction<TreeBlock> blocksOf(String tenant, List<BlockHash> chain) {
    return depth -> {
      @Nullable BlockHash parent = depth == 0 ? null : chain.get(depth - 1);
      return new TreeBlock(chain.get(depth), parent, depth, 1, tenant);
    };
  }
}
