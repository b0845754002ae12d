package dev.kvasir.cache;

import dev.kvasir.completion.MissReason;
import dev.kvasir.inference.KvBlock;
import java.util.List;

/** What the cache has for a prefix. */
public sealed interface Lookup {
  /** Why it has not more. */
  MissReason reason();

  /** Nothing to take. */
  record Miss(MissReason reason) implements Lookup {}

  /**
   * Leading blocks, bit for bit what computing them here would give.
   *
   * @param poolBlocks leading blocks that the engine's pool holds
   * @param fetched the blocks that follow those, in order, in this node's memory now
   * @param reason why not more
   */
  record ExactPrefix(int poolBlocks, List<Fetched> fetched, MissReason reason) implements Lookup {
    public ExactPrefix {
      fetched = List.copyOf(fetched);
    }
  }

  /** A block's bytes, not yet checked, and where they came from. */
  record Fetched(KvBlock block, Source source) {}
}
