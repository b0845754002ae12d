package dev.kvasir.cache.grid;

import dev.kvasir.inference.BlockHash;
import java.util.HashSet;
import java.util.Set;

/**
 * Blocks with which something is wrong: what was so in two rounds in a row is not just an event
 * that is still on its way.
 */
final class Suspects {
  private Set<BlockHash> last = Set.of();

  /** Those of this round that were suspect in the last one too. */
  Set<BlockHash> confirm(Set<BlockHash> now) {
    Set<BlockHash> confirmed = new HashSet<>(now);
    confirmed.retainAll(last);
    last = now;
    return confirmed;
  }
}
