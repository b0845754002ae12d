package dev.kvasir.cache.grid;

import dev.kvasir.cache.route.PoolView;
import dev.kvasir.inference.BlockHash;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Asks a member what its engine's pool has of a prefix; runs there. */
final class AskPool extends MemberTask implements Callable<AskPool.Answer> {
  /** What a member answers; null if it does not show its pool. */
  record Answer(@Nullable PoolView view) {}

  private final List<BlockHash> hashes;

  AskPool(List<BlockHash> hashes) {
    this.hashes = hashes;
  }

  List<BlockHash> hashes() {
    return hashes;
  }

  @Override
  public Answer call() {
    return new Answer(desk().poolView(hashes).orElse(null));
  }
}
