package dev.kvasir.completion;

/** Whether a request may take K/V from the cache and give its own to it. */
public enum CachePolicy {
  /** Load what is worth loading, publish what is new. */
  USE,
  /** Compute everything, publish nothing, leave no trace in the pool. */
  OFF
}
