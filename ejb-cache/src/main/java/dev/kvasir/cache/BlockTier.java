package dev.kvasir.cache;

import dev.kvasir.cache.BlockStore.Placement;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.KvBlock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A tier behind the grid, slower and larger than it, that outlives its node: a disk, or an object
 * store. Safe for all threads; none of its troubles is an error of who calls.
 */
public interface BlockTier extends BlockSource {
  /** No tier at all: holds nothing, takes nothing. */
  BlockTier NONE = new NoTier();

  /** Whether a block is here, by an index in memory. A claim, not a promise. */
  boolean contains(BlockHash hash);

  /** The names of all blocks that are here, a copy. */
  Set<BlockHash> names();

  /**
   * Takes a block to be written, behind the caller's back. What is here already, and what finds no
   * room among the blocks that wait, is left out and counted.
   *
   * @param patienceMillis longest wait of the caller for room
   * @return whether it was taken
   */
  boolean write(Placement placement, KvBlock block, WriteReason reason, int patienceMillis);

  /** Takes out blocks that are there for too long, some at a time; called now and then. */
  void expire();

  /** Marks blocks as used now, for the eviction order; those that are not here are ignored. */
  void touch(List<BlockHash> hashes);

  /** Takes a block out. */
  void remove(BlockHash hash);

  /** Takes all blocks of these tenants out, pinned ones too; returns how many. */
  long clear(Predicate<String> tenants);

  /** Counters and sizes at this moment. */
  TierStats stats();

  /** Why a block is written. */
  enum WriteReason {
    /** It has just come into the grid. */
    PUBLISHED,
    /** It leaves the grid for lack of room. */
    DEMOTED
  }

  /** Holds nothing. */
  final class NoTier implements BlockTier {
    private NoTier() {}

    @Override
    public boolean contains(BlockHash hash) {
      return false;
    }

    @Override
    public Set<BlockHash> names() {
      return Set.of();
    }

    @Override
    public CompletionStage<Lookup.@Nullable Fetched> fetch(BlockHash hash, int deadlineMillis) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public boolean write(
        Placement placement, KvBlock block, WriteReason reason, int patienceMillis) {
      return false;
    }

    @Override
    public void expire() {}

    @Override
    public void touch(List<BlockHash> hashes) {}

    @Override
    public void remove(BlockHash hash) {}

    @Override
    public long clear(Predicate<String> tenants) {
      return 0;
    }

    @Override
    public TierStats stats() {
      return TierStats.OFF;
    }
  }
}
