package dev.kvasir.cache.grid;

import dev.kvasir.cache.Absence;
import dev.kvasir.cache.AbsenceMemory;
import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.Ticker;
import dev.kvasir.completion.MissReason;
import dev.kvasir.inference.BlockHash;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Names of blocks that left the grid, or never came into it, and why. Safe for all threads. */
final class AbsentNames {
  /*
   * A table of fixed size: a name has 8 places, of which a new one takes its own, else an empty
   * one, else that of the oldest. So the oldest of 8 is forgotten, not the oldest of all, and nothing is
   * ever moved. A place takes 24 bytes, all 65,536 together 1.6 MB. Of a name 64 of its 256 bits
   * are kept: two of a hundred thousand names are taken for each other with a chance of 1 to 10^9.
   * Names are rooted in a tenant's salt, so nobody can ask for another tenant's.
   */
  static final int CAPACITY = 1 << 16;
  private static final int WAYS = 8;

  private final Ticker ticker;

  /** 0 is an empty place. Guarded by this, as are the others. */
  private final long[] names = new long[CAPACITY];

  private final long[] sinceNanos = new long[CAPACITY];
  private final @Nullable MissReason[] reasons = new MissReason[CAPACITY];
  private final @Nullable EvictionKind[] policies = new EvictionKind[CAPACITY];

  AbsentNames(Ticker ticker) {
    this.ticker = ticker;
  }

  /** Remembers that a block is not there from now on. */
  void remember(BlockHash hash, MissReason reason) {
    put(hash, reason, null);
  }

  /** Remembers that a policy evicted a block now. */
  void evicted(BlockHash hash, EvictionKind policy) {
    put(hash, MissReason.EVICTED, policy);
  }

  /** Remembers that a block was taken out now, unless that is the end of a corrupt one. */
  synchronized void removed(BlockHash hash) {
    int place = find(hash);
    if (place < 0 || reasons[place] != MissReason.CORRUPT) {
      remember(hash, MissReason.REMOVED);
    }
  }

  private synchronized void put(BlockHash hash, MissReason reason, @Nullable EvictionKind policy) {
    int place = placeFor(hash);
    names[place] = nameOf(hash);
    sinceNanos[place] = ticker.read();
    reasons[place] = reason;
    policies[place] = policy;
  }

  /** Why a block is not there; asked of one that is not. */
  synchronized Absence of(BlockHash hash) {
    int place = find(hash);
    MissReason reason = place < 0 ? null : reasons[place];
    return reason == null
        ? Absence.FIRST_SEEN
        : new Absence(reason, label(policies[place]), ageSeconds(place));
  }

  /** How much is remembered; looks at all places. */
  synchronized AbsenceMemory memory() {
    int count = 0;
    double oldest = 0;
    for (int place = 0; place < CAPACITY; place++) {
      if (names[place] != 0) {
        count++;
        oldest = Math.max(oldest, ageSeconds(place));
      }
    }
    return new AbsenceMemory(CAPACITY, count, oldest);
  }

  private static @Nullable String label(@Nullable EvictionKind policy) {
    return policy == null ? null : policy.name().toLowerCase(Locale.ROOT);
  }

  private double ageSeconds(int place) {
    return (ticker.read() - sinceNanos[place]) / 1e9;
  }

  private static long nameOf(BlockHash hash) {
    return hash.word0() == 0 ? 1 : hash.word0();
  }

  private static int firstPlace(BlockHash hash) {
    return (int) (hash.word1() & (CAPACITY - 1)) & -WAYS;
  }

  private int find(BlockHash hash) {
    assert Thread.holdsLock(this);
    int first = firstPlace(hash);
    for (int place = first; place < first + WAYS; place++) {
      if (names[place] == nameOf(hash)) {
        return place;
      }
    }
    return -1;
  }

  private int placeFor(BlockHash hash) {
    int own = find(hash);
    if (own >= 0) {
      return own;
    }
    int first = firstPlace(hash);
    int oldest = first;
    for (int place = first; place < first + WAYS; place++) {
      if (names[place] == 0) {
        return place;
      }
      if (sinceNanos[place] - sinceNanos[oldest] < 0) {
        oldest = place;
      }
    }
    return oldest;
  }
}
