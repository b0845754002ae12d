package dev.kvasir.cache.grid;

import dev.kvasir.inference.BlockHash;
import java.util.List;
import java.util.UUID;

/**
 * A computation that a member announced, under the first block's name; small, and without backup.
 *
 * @param member or client that computes
 * @param blocks that it computes, in order; at least one
 * @param landed whether they are computed, and on their way to the store
 */
record FlightEntry(UUID member, List<BlockHash> blocks, boolean landed) {
  FlightEntry {
    blocks = List.copyOf(blocks);
  }

  BlockHash first() {
    return blocks.get(0);
  }

  FlightEntry afterLanding() {
    return new FlightEntry(member, blocks, true);
  }
}
