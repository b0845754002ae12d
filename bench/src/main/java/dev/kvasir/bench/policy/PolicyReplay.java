package dev.kvasir.bench.policy;

import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.TunedPolicy;
import dev.kvasir.cache.policy.Admission;
import dev.kvasir.cache.policy.PrefixTree;
import dev.kvasir.cache.policy.RecomputeCost;
import dev.kvasir.cache.policy.TreeBlock;

/**
 * The server's tree and policies: a request's blocks are used or come in, then those leave that are
 * too many, be they the new ones.
 */
final class PolicyReplay implements Replay {
  private static final int BLOCK_TOKENS = 512; // as in Mooncake's traces
  private static final long NANOS_PER_REQUEST = 1_000_000;

  private final Trace trace;
  private final int capacity;
  private final PrefixTree tree;
  private final Admission admission;
  private long now;

  PolicyReplay(Trace trace, int capacity, EvictionKind eviction, Admission admission) {
    this.trace = trace;
    this.capacity = capacity;
    this.admission = admission;
    this.tree = new PrefixTree(TunedPolicy.of(eviction), RecomputeCost.smol(BLOCK_TOKENS));
    tree.setCapacity(capacity);
  }

  @Override
  public int serve(int[] chain) {
    now += NANOS_PER_REQUEST;
    int hits = 0;
    while (hits < chain.length && tree.contains(trace.block(chain[hits]).hash())) {
      tree.touch(trace.block(chain[hits]).hash(), 1, now);
      hits++;
    }
    for (int block : chain) {
      admission.seen(trace.block(block).hash());
    }
    for (int depth = hits; depth < chain.length && admits(trace.block(chain[depth])); depth++) {
      boolean unused = tree.add(trace.block(chain[depth]), now);
    }
    if (tree.bytes() > capacity) {
      tree.takeVictims(tree.bytes() - capacity, Long.MAX_VALUE, hash -> true);
    }
    return hits;
  }

  private boolean admits(TreeBlock block) {
    return admission.asksNothing()
        || tree.bytes() < capacity
        || tree.nextVictim()
            .map(victim -> admission.admits(block.hash(), victim.hash()))
            .orElse(true);
  }
}
