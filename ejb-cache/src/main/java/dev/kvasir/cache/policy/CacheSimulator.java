package dev.kvasir.cache.policy;

import dev.kvasir.cache.TunedPolicy;
import java.util.function.IntFunction;

/**
 * A cache without data: names come in, are used and leave as they do in the server, by the same
 * tree and policies. All blocks are of one size. One thread at a time.
 */
public final class CacheSimulator {
  private static final long NANOS_PER_REQUEST = 1_000_000; // recency only, no clock

  private final PrefixTree tree;
  private final Admission admission;
  private Room room;
  private long now;

  /**
   * An empty cache.
   *
   * @param cost of blocks, for policies that ask for it
   */
  public CacheSimulator(TunedPolicy policy, Admission admission, Room room, RecomputeCost cost) {
    this.admission = admission;
    this.tree = new PrefixTree(policy, cost);
    this.room = room;
    tree.setCapacity(room.startBlocks());
  }

  /**
   * How many blocks there is room for.
   *
   * @param startBlocks beyond which blocks leave
   * @param stopBlocks that are left then, at most as many
   */
  public record Room(int startBlocks, int stopBlocks) {
    /** Of a cache where each block that is too many leaves at once. */
    public static Room of(int blocks) {
      return new Room(blocks, blocks);
    }
  }

  /** Changes the room; what is too much leaves with the next block that comes. */
  public void resize(Room wanted) {
    room = wanted;
    tree.setCapacity(wanted.startBlocks());
  }

  /**
   * A request asks for blocks.
   *
   * @param length of its chain
   * @param block gives those of the chain, by depth; of size 1
   * @return how many of the leading ones are here; these count as used
   */
  public int look(int length, IntFunction<TreeBlock> block) {
    now += NANOS_PER_REQUEST;
    int hits = 0;
    while (hits < length && tree.contains(block.apply(hits).hash())) {
      tree.touch(block.apply(hits).hash(), 1, now);
      hits++;
    }
    for (int depth = 0; depth < length; depth++) {
      admission.seen(block.apply(depth).hash());
    }
    return hits;
  }

  /** The blocks of a request come in, as far as they may; then those leave that are too many. */
  public void publish(int length, IntFunction<TreeBlock> block) {
    for (int depth = 0; depth < length; depth++) {
      TreeBlock next = block.apply(depth);
      if (!tree.contains(next.hash())) {
        if (!admits(next)) {
          break;
        }
        boolean unused = tree.add(next, now);
      }
    }
    if (tree.bytes() > room.startBlocks()) {
      tree.takeVictims(tree.bytes() - room.stopBlocks(), Long.MAX_VALUE, hash -> true);
    }
  }

  /** Blocks that are here. */
  public int size() {
    return tree.size();
  }

  private boolean admits(TreeBlock block) {
    return admission.asksNothing()
        || tree.bytes() < room.stopBlocks()
        || tree.nextVictim()
            .map(victim -> admission.admits(block.hash(), victim.hash()))
            .orElse(true);
  }
}
