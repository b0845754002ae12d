package dev.kvasir.cache;

import java.util.Map;

/**
 * Snapshot of a tier behind the grid on this node. Counters start at 0 with the node and only grow.
 *
 * @param state of its life
 * @param reason why it failed, in words; empty otherwise
 * @param blocks here
 * @param bytes that these take
 * @param budgetBytes that they may take
 * @param events blocks by what happened to them since the start
 */
public record TierStats(
    State state,
    String reason,
    long blocks,
    long bytes,
    long budgetBytes,
    Map<TierEvent, Long> events) {
  /** Of a node without such a tier. */
  public static final TierStats OFF = new TierStats(State.OFF, "", 0, 0, 0, Map.of());

  public TierStats {
    events = Map.copyOf(events);
  }

  /** Blocks to which this happened. */
  public long of(TierEvent event) {
    return events.getOrDefault(event, 0L);
  }

  /** What a tier does. */
  public enum State {
    /** Not wanted. */
    OFF,
    /** Looks for the blocks of the last run, and serves those that it has found. */
    SCANNING,
    /** Serves all that it has. */
    READY,
    /** Cannot be used, and is left aside until the next start. */
    FAILED
  }
}
