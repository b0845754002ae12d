package dev.kvasir.cache.guard;

import dev.kvasir.cache.Absence;
import dev.kvasir.cache.BlockStore;
import dev.kvasir.cache.GridStats;
import dev.kvasir.cache.Lookup;
import dev.kvasir.cache.StoreOutcome;
import dev.kvasir.cache.tiered.BlockReader;
import dev.kvasir.cache.tiered.Fetch;
import dev.kvasir.completion.MissReason;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.KvBlock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.IntSupplier;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Fallback;
import org.jspecify.annotations.Nullable;

/**
 * The store's reads and writes, each behind a circuit breaker. The breakers' numbers are defaults:
 * MicroProfile Config can change them at start.
 */
@ApplicationScoped
public class GuardedStore implements BlockStore, BlockReader {
  /*
   * A round of reads fails for the breaker when the store failed or the full deadline passed: a
   * grid that answers late costs each request the whole wait. A shorter deadline (LoadCost grants
   * no more than the prefill that a load would save) may pass on a healthy grid, so it says nothing
   * of it. Blocks that are gone are no failure. Half
   * of eight such rounds open the circuit; then lookups beyond the pool are misses at once, until
   * a trial after the delay succeeds. Writes have a breaker of their own. What asks the grid nothing
   * is not guarded.
   */
  private final StoreCircuit circuit;
  private volatile @Nullable BlockReader reader;
  private volatile @Nullable BlockStore store;
  private volatile IntSupplier fullDeadlineMillis = () -> 0;

  @Inject
  public GuardedStore(StoreCircuit circuit) {
    this.circuit = circuit;
  }

  /** For the container's proxy. */
  protected GuardedStore() {
    this(new StoreCircuit());
  }

  /**
   * Says what to guard, before the first call.
   *
   * @param guardedStore to write to
   * @param guardedReader to read from
   * @param fullDeadline milliseconds in which a healthy store answers, as it is now
   */
  public void guard(BlockStore guardedStore, BlockReader guardedReader, IntSupplier fullDeadline) {
    store = guardedStore;
    reader = guardedReader;
    fullDeadlineMillis = fullDeadline;
  }

  /** A miss at once while the circuit is open. */
  @Override
  @CircuitBreaker(
      requestVolumeThreshold = 8,
      failureRatio = 0.5,
      delay = 2000,
      successThreshold = StoreCircuit.SUCCESS_THRESHOLD)
  @Fallback(TroubleIsMiss.class)
  public Fetch read(List<BlockHash> hashes, int deadlineMillis) {
    circuit.reads().begins();
    Fetch fetch = started(reader).read(hashes, deadlineMillis);
    if (isTrouble(fetch.reason(), deadlineMillis)) {
      circuit.reads().failed();
      throw new StoreTroubleException(fetch);
    }
    circuit.reads().succeeded();
    return fetch;
  }

  private boolean isTrouble(MissReason reason, int deadlineMillis) {
    return reason == MissReason.GRID_UNAVAILABLE
        || (reason == MissReason.DEADLINE && deadlineMillis >= fullDeadlineMillis.getAsInt());
  }

  @Override
  @CircuitBreaker(requestVolumeThreshold = 8, failureRatio = 0.5, delay = 2000)
  public StoreOutcome putIfAbsent(Placement placement, KvBlock block) {
    return started(store).putIfAbsent(placement, block);
  }

  @Override
  public void asked(List<BlockHash> hashes) {
    started(store).asked(hashes);
  }

  @Override
  public int countLeading(List<BlockHash> hashes) {
    return started(store).countLeading(hashes);
  }

  @Override
  public CompletionStage<Lookup.@Nullable Fetched> fetch(BlockHash hash, int deadlineMillis) {
    return started(store).fetch(hash, deadlineMillis);
  }

  @Override
  public void touch(List<BlockHash> hashes) {
    started(store).touch(hashes);
  }

  @Override
  public void discard(BlockHash hash) {
    started(store).discard(hash);
  }

  @Override
  public void notAdmitted(List<BlockHash> hashes) {
    started(store).notAdmitted(hashes);
  }

  @Override
  public Absence absence(BlockHash hash) {
    return started(store).absence(hash);
  }

  @Override
  public GridStats stats() {
    return started(store).stats();
  }

  private static <T> T started(@Nullable T guarded) {
    if (guarded == null) {
      throw new IllegalStateException("nothing to guard yet");
    }
    return guarded;
  }
}
