package dev.kvasir.cache;

/**
 * The order in which cached blocks leave when the budget is used up; always leaves of the prefix
 * tree first.
 */
public enum EvictionKind {
  /** Least recently used first. */
  LRU,
  /** Least frequently used first, ties by recency. */
  LFU
}
