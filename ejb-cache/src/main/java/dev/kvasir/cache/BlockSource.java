package dev.kvasir.cache;

import dev.kvasir.inference.BlockHash;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Gives blocks by their names. Safe for all threads. */
@FunctionalInterface
public interface BlockSource {
  /**
   * Fetches a block's bytes. Cancelling the stage's future gives the read up.
   *
   * @param deadlineMillis after which the stage completes with a {@link
   *     java.util.concurrent.TimeoutException}
   * @return the block; null if it is not there any more; a {@link CorruptBlockException} if its
   *     bytes changed since they were stored; exceptional otherwise if the source is in trouble
   */
  CompletionStage<Lookup.@Nullable Fetched> fetch(BlockHash hash, int deadlineMillis);
}
