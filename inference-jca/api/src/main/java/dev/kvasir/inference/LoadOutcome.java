package dev.kvasir.inference;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of the blocks given to {@link Sequence#load}.
 *
 * @param acceptedBlocks leading blocks that are in place now
 * @param fault why the next one was refused; null if all were accepted
 */
public record LoadOutcome(int acceptedBlocks, @Nullable BlockFault fault) {
  /** Why the first block that was not accepted was refused. */
  public Optional<BlockFault> refused() {
    return Optional.ofNullable(fault);
  }
}
