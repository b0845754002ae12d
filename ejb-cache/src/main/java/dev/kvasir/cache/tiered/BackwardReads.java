package dev.kvasir.cache.tiered;

import dev.kvasir.cache.LateBlocks;
import dev.kvasir.cache.Lookup;
import dev.kvasir.cache.Source;
import dev.kvasir.completion.MissReason;
import dev.kvasir.inference.BlockFault;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.KvBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One concurrent round of reads that is asked for, and taken, from the end of a run. */
final class BackwardReads implements LateBlocks {
  private static final double NANOS_PER_MILLI = 1e6;

  private record Read(
      BlockHash hash, FetchRound round, CompletableFuture<Lookup.@Nullable Fetched> fetched) {}

  private final int endBlock;
  private final BiConsumer<BlockHash, BlockFault> discard;
  private final List<Read> reads = new ArrayList<>(); // the run's last block first
  private final long beginNanos = System.nanoTime();
  private volatile long lastNanos;
  private int asked;
  private boolean corrupt;

  /**
   * Asks for no block yet.
   *
   * @param endBlock behind the run, in its prompt
   * @param discard hears of blocks that did not pass their checks
   */
  BackwardReads(int endBlock, BiConsumer<BlockHash, BlockFault> discard) {
    this.endBlock = endBlock;
    this.discard = discard;
  }

  /** Asks for the block before those that were asked for. */
  void ask(BlockHash hash, FetchRound round, int deadlineMillis) {
    reads.add(new Read(hash, round, round.ask(hash, deadlineMillis)));
  }

  @Override
  public int endBlock() {
    return endBlock;
  }

  @Override
  public CompletableFuture<@Nullable KvBlock> next() {
    return asked == reads.size()
        ? CompletableFuture.completedFuture(null)
        : reads.get(asked++).fetched().handle((fetched, failure) -> came(fetched));
  }

  private @Nullable KvBlock came(Lookup.@Nullable Fetched fetched) {
    if (fetched == null) {
      return null;
    }
    lastNanos = System.nanoTime();
    return fetched.block();
  }

  @Override
  public void refused(BlockFault fault) {
    corrupt = true;
    discard.accept(reads.get(asked - 1).hash(), fault);
  }

  @Override
  public List<Source> sources() {
    List<Source> sources = new ArrayList<>();
    for (Read read : reads.subList(0, asked)) {
      Lookup.Fetched fetched = read.fetched().isDone() ? taken(read) : null;
      if (fetched == null) {
        break;
      }
      sources.add(fetched.source());
    }
    return sources;
  }

  private static Lookup.@Nullable Fetched taken(Read read) {
    return read.fetched().exceptionally(failure -> null).getNow(null);
  }

  @Override
  public MissReason reason() {
    if (corrupt) {
      return MissReason.CORRUPT;
    }
    int came = sources().size();
    if (came == asked) {
      return MissReason.MEANWHILE;
    }
    Read read = reads.get(came);
    if (!read.fetched().isDone()) {
      return MissReason.MEANWHILE;
    }
    return read.fetched()
        .handle((gone, failure) -> failure == null ? MissReason.EVICTED : reason(read, failure))
        .join();
  }

  private static MissReason reason(Read read, Throwable failure) {
    return read.round()
        .reasonOf(failure instanceof CompletionException ? failure.getCause() : failure);
  }

  @Override
  public double millis() {
    long end = lastNanos == 0 ? System.nanoTime() : lastNanos;
    return (end - beginNanos) / NANOS_PER_MILLI;
  }

  @Override
  public void close() {
    reads.forEach(read -> read.fetched().cancel(false)); // of those that came this changes nothing
  }
}
