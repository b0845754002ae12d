package dev.kvasir.cache;

/**
 * The order in which cached blocks leave when the budget is used up; always leaves of the prefix
 * tree first.
 */
public enum EvictionKind {
  /** Least recently used first. */
  LRU,
  /** Least frequently used first, past uses fade; ties by recency. */
  LFU,
  /** First in, first out. */
  FIFO,
  /** LRU in two segments: blocks that were taken are protected from those that were not. */
  SLRU,
  /** Three FIFO queues: most blocks that are not taken leave soon. */
  S3_FIFO,
  /** One FIFO queue; who was taken is spared for a round. */
  SIEVE,
  /** Recency and frequency, balanced by what was evicted too early. */
  ARC,
  /** A small window, then segmented LRU for those that are seen often enough. */
  W_TINYLFU,
  /** Greedy-dual: frequency times recompute cost, by size. */
  GDSF,
  /** Least expected reuse times recompute cost first, by size; learned while running. */
  COST,
  /** Least expected reuse first, by size; learned while running. */
  REUSE;

  /** What servers use unless they are told otherwise. */
  public static final EvictionKind DEFAULT = REUSE;
}
