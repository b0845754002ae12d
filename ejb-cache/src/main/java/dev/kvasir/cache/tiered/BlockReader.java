package dev.kvasir.cache.tiered;

import dev.kvasir.inference.BlockHash;
import java.util.List;

/** Reads blocks from the shared store. */
@FunctionalInterface
public interface BlockReader {
  /**
   * Reads blocks in one concurrent round. Never throws for trouble of the store: the outcome says
   * it.
   *
   * @param hashes in the order of their prefix
   * @param deadlineMillis longest wait
   * @return the leading ones that came, and why not more
   */
  Fetch read(List<BlockHash> hashes, int deadlineMillis);
}
