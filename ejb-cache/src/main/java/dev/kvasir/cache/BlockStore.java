package dev.kvasir.cache;

import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.KvBlock;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The shared tier beyond the engine's pool: K/V blocks by content name. Safe for all threads. */
public interface BlockStore extends BlockSource {
  /**
   * How many of the leading blocks exist somewhere in the store, by this node's replica of the
   * index: no remote call. A claim, not a promise.
   */
  int countLeading(List<BlockHash> hashes);

  /** From near cache, own partition or another member's; else as {@link BlockSource#fetch} says. */
  @Override
  CompletionStage<Lookup.@Nullable Fetched> fetch(BlockHash hash, int deadlineMillis);

  /** Notes that a request asked for blocks, whether or not they are here: for admission. Cheap. */
  void asked(List<BlockHash> hashes);

  /**
   * Stores a block unless it is there already or may not come in, and announces it to all members.
   * Blocks the caller.
   *
   * @return what became of it
   * @throws RuntimeException if the grid is in trouble; the caller counts it
   */
  StoreOutcome putIfAbsent(Placement placement, KvBlock block);

  /** Marks blocks as used now, for the eviction order. Cheap, asynchronous; may be lost. */
  void touch(List<BlockHash> hashes);

  /**
   * Takes out a block that failed its checks, near cache included, so that a sound one can be
   * stored in its place. Asynchronous; may be lost.
   */
  void discard(BlockHash hash);

  /** Hears that blocks were computed here, but are not stored; by default forgets it. */
  default void notAdmitted(List<BlockHash> hashes) {}

  /** Why a block is not in the store, as far as this node remembers: no remote call. */
  default Absence absence(BlockHash hash) {
    return Absence.FIRST_SEEN;
  }

  /** Counters and sizes as this node knows them: no remote call. */
  GridStats stats();

  /**
   * Where a block stands.
   *
   * @param hash its name
   * @param parent the block before it; null for the first
   * @param depth place in its prefix, from 0
   * @param tenant whose it is
   */
  record Placement(BlockHash hash, @Nullable BlockHash parent, int depth, String tenant) {}
}
