package dev.kvasir.cache;

import dev.kvasir.inference.BlockPoolStats;
import dev.kvasir.inference.EngineStats;
import java.util.Map;

/**
 * Snapshot of this node's counters and sizes. Counters start at 0 with the node and only grow; with
 * no request all are 0.
 *
 * @param node name of the node
 * @param requests completions that looked a prefix up
 * @param tokens of all their prompts
 * @param publishing what became of blocks that were offered to the grid
 * @param grid blocks in the grid and in this node's near cache
 * @param disk blocks on this node's disk
 * @param pool the engine's pool
 * @param engine the engine's schedule
 * @param circuit {@code closed}, {@code open} or {@code half_open}
 * @param timing latencies of the last requests
 * @param spent time of all requests
 * @param recomputes how right the recompute estimate was
 */
public record CacheStats(
    String node,
    Requests requests,
    TokenCounts tokens,
    PublishCounts publishing,
    GridStats grid,
    TierStats disk,
    BlockPoolStats pool,
    EngineStats engine,
    String circuit,
    Timing timing,
    Spent spent,
    RecomputeChecks recomputes) {
  /**
   * Completions that looked a prefix up.
   *
   * @param total all of them
   * @param hits those that took at least one block
   * @param missReasons all by reason why not more came from the cache
   */
  public record Requests(long total, long hits, Map<String, Long> missReasons) {
    public Requests {
      missReasons = Map.copyOf(missReasons);
    }
  }

  /**
   * Time to first token over the last 1,024 requests, milliseconds; 0 where there was none.
   *
   * @param hitTtftP50 of requests that took at least one block
   * @param hitTtftP99 likewise
   * @param missTtftP50 of the others
   * @param missTtftP99 likewise
   */
  public record Timing(
      double hitTtftP50, double hitTtftP99, double missTtftP50, double missTtftP99) {}

  /**
   * Where the time of requests with a first token went, sums in seconds.
   *
   * @param prefillSeconds steps that computed the rest of a prompt, of requests with enough of it
   *     to tell a token's cost
   * @param prefilledTokens that these requests computed
   * @param reuseSeconds looking blocks up and loading them, of all requests
   * @param hitSeconds from arrival to first token, of requests that took at least one block
   * @param missSeconds the same of the others
   */
  public record Spent(
      double prefillSeconds,
      long prefilledTokens,
      double reuseSeconds,
      double hitSeconds,
      double missSeconds) {
    /** Nothing. */
    public static final Spent NONE = new Spent(0, 0, 0, 0, 0);

    /** Sums. */
    public Spent plus(Spent other) {
      return new Spent(
          prefillSeconds + other.prefillSeconds,
          prefilledTokens + other.prefilledTokens,
          reuseSeconds + other.reuseSeconds,
          hitSeconds + other.hitSeconds,
          missSeconds + other.missSeconds);
    }

    /** Differences. */
    public Spent minus(Spent other) {
      return new Spent(
          prefillSeconds - other.prefillSeconds,
          prefilledTokens - other.prefilledTokens,
          reuseSeconds - other.reuseSeconds,
          hitSeconds - other.hitSeconds,
          missSeconds - other.missSeconds);
    }

    /** What computing a token took on average; 0 of none. */
    public double secondsPerToken() {
      return prefilledTokens == 0 ? 0 : prefillSeconds / prefilledTokens;
    }
  }
}
