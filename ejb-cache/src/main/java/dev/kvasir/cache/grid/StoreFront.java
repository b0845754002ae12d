package dev.kvasir.cache.grid;

import dev.kvasir.cache.Absence;
import dev.kvasir.cache.BlockStore;
import dev.kvasir.cache.GridStats;
import dev.kvasir.cache.Lookup;
import dev.kvasir.cache.StoreOutcome;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.KvBlock;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A block store that hands everything on to another one. */
abstract class StoreFront implements BlockStore {
  /** Who does it, now. */
  abstract BlockStore store();

  @Override
  public final int countLeading(List<BlockHash> hashes) {
    return store().countLeading(hashes);
  }

  @Override
  public final CompletionStage<Lookup.@Nullable Fetched> fetch(BlockHash hash, int deadlineMillis) {
    return store().fetch(hash, deadlineMillis);
  }

  @Override
  public final void asked(List<BlockHash> hashes) {
    store().asked(hashes);
  }

  @Override
  public final StoreOutcome putIfAbsent(Placement placement, KvBlock block) {
    return store().putIfAbsent(placement, block);
  }

  @Override
  public final void touch(List<BlockHash> hashes) {
    store().touch(hashes);
  }

  @Override
  public final void discard(BlockHash hash) {
    store().discard(hash);
  }

  @Override
  public final void notAdmitted(List<BlockHash> hashes) {
    store().notAdmitted(hashes);
  }

  @Override
  public final Absence absence(BlockHash hash) {
    return store().absence(hash);
  }

  @Override
  public final GridStats stats() {
    return store().stats();
  }
}
