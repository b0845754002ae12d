package dev.kvasir.cache.guard;

import dev.kvasir.cache.BlockStore;
import dev.kvasir.cache.GridStats;
import dev.kvasir.cache.Lookup;
import dev.kvasir.cache.tiered.BlockReader;
import dev.kvasir.cache.tiered.Fetch;
import dev.kvasir.completion.MissReason;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.KvBlock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletionStage;
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
   * A round of reads fails for the breaker when the store failed or the deadline passed: a grid
   * that answers late costs each request the whole wait. Blocks that are gone are no failure. Half
   * of eight such rounds open the circuit; then lookups beyond the pool are misses at once, until
   * a trial after the delay succeeds. Writes have a breaker of their own. What asks the grid nothing
   * is not guarded.
   */
  private final StoreCircuit circuit;
  private volatile @Nullable BlockReader reader;
  private volatile @Nullable BlockStore store;

  @Inject
  public GuardedStore(StoreCircuit circuit) {
    this.circuit = circuit;
  }

  /** For the container's proxy. */
  protected GuardedStore() {
    this(new StoreCircuit());
  }

  /** Says what to guard, before the first call. */
  public void guard(BlockStore guardedStore, BlockReader guardedReader) {
    store = guardedStore;
    reader = guardedReader;
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
    if (fetch.reason() == MissReason.GRID_UNAVAILABLE || fetch.reason() == MissReason.DEADLINE) {
      circuit.reads().failed();
      throw new StoreTroubleException(fetch);
    }
    circuit.reads().succeeded();
    return fetch;
  }

  @Override
  @CircuitBreaker(requestVolumeThreshold = 8, failureRatio = 0.5, delay = 2000)
  public boolean putIfAbsent(Placement placement, KvBlock block) {
    return started(store).putIfAbsent(placement, block);
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
