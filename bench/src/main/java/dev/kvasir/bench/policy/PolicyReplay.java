package dev.kvasir.bench.policy;

import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.TunedPolicy;
import dev.kvasir.cache.policy.Admission;
import dev.kvasir.cache.policy.CacheSimulator;
import dev.kvasir.cache.policy.RecomputeCost;
import dev.kvasir.cache.policy.TreeBlock;
import java.util.function.IntFunction;

/**
 * The server's tree and policies, as its shadows run them: a request's blocks are used or come in,
 * then those leave that are too many, be they the new ones.
 */
final class PolicyReplay implements Replay {
  private static final int BLOCK_TOKENS = 512; // as in Mooncake's traces

  private final Trace trace;
  private final CacheSimulator cache;

  PolicyReplay(Trace trace, int capacity, EvictionKind eviction, Admission admission) {
    this.trace = trace;
    this.cache =
        new CacheSimulator(
            TunedPolicy.of(eviction),
            admission,
            CacheSimulator.Room.of(capacity),
            RecomputeCost.smol(BLOCK_TOKENS));
  }

  @Override
  public int serve(int[] chain) {
    IntFunction<TreeBlock> block = depth -> trace.block(chain[depth]);
    int hits = cache.look(chain.length, block);
    cache.publish(chain.length, block);
    return hits;
  }
}
