package dev.kvasir.cache.tiered;

import dev.kvasir.cache.BlockStore;
import dev.kvasir.cache.Lookup;
import dev.kvasir.completion.MissReason;
import dev.kvasir.inference.BlockHash;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One concurrent round of reads: all blocks are asked for at once, under one deadline, and the
 * leading ones that came by then are taken.
 */
public final class FetchRound implements BlockReader {
  private final BlockStore store;
  private final Consumer<@Nullable Throwable> trouble;

  /**
   * @param store to read from
   * @param trouble hears why a read failed
   */
  public FetchRound(BlockStore store, Consumer<@Nullable Throwable> trouble) {
    this.store = store;
    this.trouble = trouble;
  }

  @Override
  public Fetch read(List<BlockHash> hashes, int deadlineMillis) {
    long deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(deadlineMillis);
    List<CompletableFuture<Lookup.@Nullable Fetched>> reads = new ArrayList<>(hashes.size());
    for (BlockHash hash : hashes) {
      reads.add(ask(hash, deadlineMillis));
    }
    try {
      return takeLeading(reads, deadlineNanos);
    } finally {
      reads.forEach(read -> read.cancel(false)); // of those that came this changes nothing
    }
  }

  private CompletableFuture<Lookup.@Nullable Fetched> ask(BlockHash hash, int deadlineMillis) {
    try {
      return store.fetch(hash, deadlineMillis).toCompletableFuture();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private Fetch takeLeading(
      List<CompletableFuture<Lookup.@Nullable Fetched>> reads, long deadlineNanos) {
    List<Lookup.Fetched> came = new ArrayList<>(reads.size());
    for (CompletableFuture<Lookup.@Nullable Fetched> read : reads) {
      try {
        Lookup.Fetched fetched =
            read.get(Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
        if (fetched == null) {
          return new Fetch(came, MissReason.EVICTED);
        }
        came.add(fetched);
      } catch (TimeoutException e) {
        return new Fetch(came, MissReason.DEADLINE);
      } catch (ExecutionException e) {
        return new Fetch(came, reasonOf(e.getCause()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Fetch(came, MissReason.DEADLINE);
      }
    }
    return new Fetch(came, MissReason.NONE);
  }

  private MissReason reasonOf(@Nullable Throwable cause) {
    if (cause instanceof TimeoutException) {
      return MissReason.DEADLINE;
    }
    trouble.accept(cause);
    return MissReason.GRID_UNAVAILABLE;
  }
}
