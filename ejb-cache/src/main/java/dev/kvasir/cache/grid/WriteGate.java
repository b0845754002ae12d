package dev.kvasir.cache.grid;

import dev.kvasir.cache.AdmissionKind;
import dev.kvasir.cache.BlockStore.Placement;
import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.StoreOutcome;
import dev.kvasir.cache.policy.Admission;
import dev.kvasir.inference.BlockHash;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Whether a block may come into the grid, by the settings in force. What is remembered of names is
 * what this member was asked for. Safe for all threads.
 */
final class WriteGate {
  /** Admission remembers names for so many blocks at least, before sizes are known. */
  private static final int MIN_CAPACITY = 1 << 10;

  private final IndexReplica replica;
  private final Supplier<CacheSettings> settings;
  private final BooleanSupplier isFull;

  private AdmissionKind kind = AdmissionKind.ALWAYS; // guarded by this
  private Admission admission = Admission.ALWAYS; // guarded by this
  private int capacity = MIN_CAPACITY; // that admission was made for; guarded by this

  /**
   * @param settings in force
   * @param isFull whether a block can only come in for another
   */
  WriteGate(IndexReplica replica, Supplier<CacheSettings> settings, BooleanSupplier isFull) {
    this.replica = replica;
    this.settings = settings;
    this.isFull = isFull;
  }

  /** Notes that a request asked for blocks. */
  void asked(List<BlockHash> hashes) {
    if (settings.get().admission() == AdmissionKind.ALWAYS) {
      return;
    }
    synchronized (this) {
      hashes.forEach(admission()::seen);
    }
  }

  /** Why a block may not come in; empty if it may. */
  Optional<StoreOutcome> refusal(Placement placement) {
    if (settings.get().admission() == AdmissionKind.ALWAYS) {
      return Optional.empty();
    }
    BlockHash parent = placement.parent();
    if (parent != null && !replica.contains(parent)) {
      return Optional.of(StoreOutcome.NO_PARENT);
    }
    return isAdmitted(placement.hash()) ? Optional.empty() : Optional.of(StoreOutcome.NOT_ADMITTED);
  }

  private boolean isAdmitted(BlockHash hash) {
    if (!isFull.getAsBoolean()) {
      return true;
    }
    return replica
        .nextVictim()
        .map(
            victim -> {
              synchronized (this) {
                return admission().admits(hash, victim.hash());
              }
            })
        .orElse(true);
  }

  /** That in force, made anew when another one is wanted or the grid has twice the room. */
  private Admission admission() {
    CacheSettings now = settings.get();
    int wanted = replica.capacity();
    if (now.admission() != kind || wanted / 2 >= capacity) {
      kind = now.admission();
      capacity = Math.max(MIN_CAPACITY, wanted);
      admission = Admission.of(kind, capacity);
    }
    return admission;
  }
}
