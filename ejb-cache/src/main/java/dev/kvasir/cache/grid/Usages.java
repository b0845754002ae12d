package dev.kvasir.cache.grid;

import dev.kvasir.inference.BlockHash;
import java.util.List;

/** How often and how long ago blocks were used, as one member tells it. */
final class Usages {
  private final List<BlockHash> hashes;
  private final long[] uses;
  private final long[] idleNanos;

  /**
   * Uses of blocks.
   *
   * @param uses one number for each hash; owned by this from now on
   * @param idleNanos likewise: since the last use, so that no clocks are compared
   */
  Usages(List<BlockHash> hashes, long[] uses, long[] idleNanos) {
    this.hashes = hashes;
    this.uses = uses;
    this.idleNanos = idleNanos;
  }

  /** Uses of blocks that were only just made. */
  static Usages ofNow(List<BlockHash> hashes, long[] uses) {
    return new Usages(hashes, uses, new long[uses.length]);
  }

  int size() {
    return uses.length;
  }

  List<BlockHash> hashes() {
    return hashes;
  }

  long[] uses() {
    return uses;
  }

  long[] idleNanos() {
    return idleNanos;
  }
}
