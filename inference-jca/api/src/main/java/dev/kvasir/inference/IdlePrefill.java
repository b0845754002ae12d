package dev.kvasir.inference;

import java.util.List;

/**
 * A text that the next prompt may begin with, to be computed while the engine has nothing else to
 * do.
 *
 * @param text its tokens
 * @param blockHashes names of its leading full blocks, in order
 * @param knownBlocks how many of these were computed for a prompt; once the pool has given one of
 *     them away, the others are given up
 * @param urgency the largest comes first; of equal ones the last
 * @param whenShared told when all blocks stand in the pool. Runs on the engine's thread: quick, and
 *     throws nothing
 */
public record IdlePrefill(
    TokenIds text, List<BlockHash> blockHashes, int knownBlocks, int urgency, Runnable whenShared) {
  public IdlePrefill {
    blockHashes = List.copyOf(blockHashes);
    if (knownBlocks < 0 || knownBlocks > blockHashes.size()) {
      throw new IllegalArgumentException(
          "known blocks are %d, but must be 0 to %d".formatted(knownBlocks, blockHashes.size()));
    }
  }
}
