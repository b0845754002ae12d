package dev.kvasir.inference;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * Blocks of the pool to be computed once more while the engine has nothing else to do, for the time
 * that it takes. Nothing of it is kept.
 *
 * @param text its tokens
 * @param blockHashes names of its leading full blocks, in order; all must stand in the pool
 * @param fromBlock the first to compute; the others are those behind it
 * @param whenDone told the seconds of the steps, or nothing if it was given up: a sequence was
 *     opened, the pool has given a block away, another came after it, or it could not be computed.
 *     Runs on the engine's thread: quick, and throws nothing
 */
public record IdleRecompute(
    TokenIds text, List<BlockHash> blockHashes, int fromBlock, Consumer<OptionalDouble> whenDone) {
  public IdleRecompute {
    blockHashes = List.copyOf(blockHashes);
    if (fromBlock < 0 || fromBlock >= blockHashes.size()) {
      throw new IllegalArgumentException(
          "the first block to compute is %d, but must be 0 or more and less than %d"
              .formatted(fromBlock, blockHashes.size()));
    }
  }
}
