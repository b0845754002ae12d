package dev.kvasir.cache.route;

import dev.kvasir.inference.BlockHash;
import java.util.List;

/** The other nodes, to be asked what their pools have. Safe for all threads. */
public interface PoolCensus {
  /**
   * What they say of a prefix; of those that answer at once. Never throws for trouble of the grid:
   * then nobody answers.
   *
   * @param hashes of its leading full blocks, in order
   */
  List<PoolView> ask(List<BlockHash> hashes);

  /** Whether a node of this name is in the cluster. */
  boolean hasNode(String name);
}
