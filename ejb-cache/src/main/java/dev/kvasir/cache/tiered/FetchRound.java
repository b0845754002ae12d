package dev.kvasir.cache.tiered;

import dev.kvasir.cache.BlockSource;
import dev.kvasir.cache.CorruptBlockException;
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
  private final BlockSource source;
  private final Consumer<@Nullable Throwable> trouble;
  private final Reasons reasons;

  /**
   * Of the grid.
   *
   * @param store to read from
   * @param trouble hears why a read failed
   */
  public FetchRound(BlockSource store, Consumer<@Nullable Throwable> trouble) {
    this(store, trouble, new Reasons(MissReason.DEADLINE, MissReason.GRID_UNAVAILABLE));
  }

  FetchRound(BlockSource source, Consumer<@Nullable Throwable> trouble, Reasons reasons) {
    this.source = source;
    this.trouble = trouble;
    this.reasons = reasons;
  }

  /**
   * How a source's troubles are told.
   *
   * @param late when the deadline has passed
   * @param failed when it failed
   */
  record Reasons(MissReason late, MissReason failed) {}

  @Override
  public Fetch read(List<BlockHash> hashes, int deadlineMillis) {
    try (Pending pending = begin(hashes, deadlineMillis)) {
      return pending.take();
    }
  }

  /** Asks for the blocks, and does not wait; to be closed by who asked. */
  Pending begin(List<BlockHash> hashes, int deadlineMillis) {
    long deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(deadlineMillis);
    List<CompletableFuture<Lookup.@Nullable Fetched>> reads = new ArrayList<>(hashes.size());
    for (BlockHash hash : hashes) {
      reads.add(ask(hash, deadlineMillis));
    }
    return new Pending(reads, deadlineNanos);
  }

  /** Reads under way. */
  final class Pending implements AutoCloseable {
    private final List<CompletableFuture<Lookup.@Nullable Fetched>> reads;
    private final long deadlineNanos;

    private Pending(List<CompletableFuture<Lookup.@Nullable Fetched>> reads, long deadlineNanos) {
      this.reads = reads;
      this.deadlineNanos = deadlineNanos;
    }

    /** Waits for them; the leading ones that came in time. */
    Fetch take() {
      return takeLeading(reads, deadlineNanos);
    }

    /** Gives up those that did not come. */
    @Override
    public void close() {
      reads.forEach(read -> read.cancel(false)); // of those that came this changes nothing
    }
  }

  /** Asks for one. */
  CompletableFuture<Lookup.@Nullable Fetched> ask(BlockHash hash, int deadlineMillis) {
    try {
      return source.fetch(hash, deadlineMillis).toCompletableFuture();
    } catch (RuntimeException | OutOfMemoryError e) {
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
        return new Fetch(came, reasons.late());
      } catch (ExecutionException e) {
        return new Fetch(came, reasonOf(e.getCause()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Fetch(came, reasons.late());
      }
    }
    return new Fetch(came, MissReason.NONE);
  }

  /** Why a read failed; tells of trouble. */
  MissReason reasonOf(@Nullable Throwable cause) {
    if (cause instanceof TimeoutException) {
      return reasons.late();
    }
    if (cause instanceof CorruptBlockException) {
      return MissReason.CORRUPT; // counted and taken out by the source
    }
    trouble.accept(cause);
    return reasons.failed();
  }
}
