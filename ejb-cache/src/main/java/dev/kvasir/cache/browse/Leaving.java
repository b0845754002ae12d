package dev.kvasir.cache.browse;

/** How blocks leave because an administrator says so. */
public enum Leaving {
  /** The grid's memory only, as if there were no room: a node's disk keeps them, a pool may. */
  EVICT,
  /** Every tier of every node, as if their time were over. */
  EXPIRE
}
