package dev.kvasir.cache.grid;

import dev.kvasir.inference.BlockHash;
import java.util.List;

/** Which blocks one member used since it last said so, and how often each. */
final class Touches {
  private final List<BlockHash> hashes;
  private final long[] uses;

  /**
   * Uses of blocks.
   *
   * @param uses one number for each hash; owned by this from now on
   */
  Touches(List<BlockHash> hashes, long[] uses) {
    this.hashes = hashes;
    this.uses = uses;
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
}
