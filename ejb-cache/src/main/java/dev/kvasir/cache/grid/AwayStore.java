package dev.kvasir.cache.grid;

import dev.kvasir.cache.Absence;
import dev.kvasir.cache.BlockStore;
import dev.kvasir.cache.GridStats;
import dev.kvasir.cache.Lookup;
import dev.kvasir.cache.StoreOutcome;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.KvBlock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The blocks of a grid that was not reached yet: there are none, and none can be stored. */
final class AwayStore implements BlockStore {
  private final Supplier<GridException> why;

  AwayStore(Supplier<GridException> why) {
    this.why = why;
  }

  @Override
  public int countLeading(List<BlockHash> hashes) {
    return 0;
  }

  @Override
  public CompletionStage<Lookup.@Nullable Fetched> fetch(BlockHash hash, int deadlineMillis) {
    return CompletableFuture.failedFuture(why.get());
  }

  @Override
  public void asked(List<BlockHash> hashes) {}

  @Override
  public StoreOutcome putIfAbsent(Placement placement, KvBlock block) {
    throw why.get();
  }

  @Override
  public void touch(List<BlockHash> hashes) {}

  @Override
  public void discard(BlockHash hash) {}

  @Override
  public Absence absence(BlockHash hash) {
    return Absence.UNREACHABLE;
  }

  @Override
  public GridStats stats() {
    return GridStats.EMPTY;
  }
}
