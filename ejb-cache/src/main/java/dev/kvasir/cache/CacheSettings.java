package dev.kvasir.cache;

/**
 * What an administrator can change while the cluster runs; one value for all nodes, seen by all
 * within a second.
 *
 * @param eviction who leaves first
 * @param budgetBytes of K/V that each member holds at most, owned and backup together; at least 1
 *     MiB
 * @param load whether cached blocks are loaded
 * @param deadlineMillis longest wait for the grid, 1 to 60,000
 */
public record CacheSettings(
    EvictionKind eviction, long budgetBytes, LoadRule load, int deadlineMillis) {
  /** Smallest budget. */
  public static final long MIN_BUDGET_BYTES = 1L << 20;

  public CacheSettings {
    if (budgetBytes < MIN_BUDGET_BYTES) {
      throw new IllegalArgumentException(
          "budgetBytes is %d, but must be at least %d".formatted(budgetBytes, MIN_BUDGET_BYTES));
    }
    if (deadlineMillis < 1 || deadlineMillis > 60_000) {
      throw new IllegalArgumentException(
          "deadlineMillis is %d, but must be 1 to 60000".formatted(deadlineMillis));
    }
  }
}
