package dev.kvasir.inference;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Blocks of a prompt that come from the end of a run backwards, while the prompt is computed from
 * its front. One thread.
 */
public interface BackwardBlocks {
  /** Index in the prompt of the block behind the run: the first to come is the one before it. */
  int endBlock();

  /**
   * The next one, which stands before all that came so far; completes with null when no more come.
   */
  CompletableFuture<@Nullable KvBlock> next();

  /** The one that came last has not passed its checks: no more are asked for. */
  void refused(BlockFault fault);
}
