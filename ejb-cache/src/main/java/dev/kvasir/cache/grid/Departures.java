package dev.kvasir.cache.grid;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Counts the blocks that left the grid, by cause, as this member heard; they only grow. */
final class Departures {
  /** Why a block left. */
  enum Cause {
    /** Evicted for lack of room. */
    POLICY,
    /** Removed or cleared by somebody. */
    REMOVED,
    /** Too old, or not used for too long. */
    EXPIRED,
    /** Its owner and backup died. */
    LOST;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Map<Cause, Long> counts = new ConcurrentHashMap<>();

  void count(Cause cause, long blocks) {
    counts.merge(cause, blocks, Long::sum);
  }

  /** A copy: cause in lower case to blocks. */
  Map<String, Long> snapshot() {
    Map<String, Long> snapshot = new TreeMap<>();
    for (Cause cause : Cause.values()) {
      snapshot.put(cause.label(), counts.getOrDefault(cause, 0L));
    }
    return snapshot;
  }
}
