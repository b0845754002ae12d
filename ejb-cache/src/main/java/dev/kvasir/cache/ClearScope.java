package dev.kvasir.cache;

/** What an administrator can clear. */
public enum ClearScope {
  /** This node's engine pool, blocks without holder. */
  POOL,
  /** This node's near cache. */
  NEAR,
  /** This node's disk. Pinned blocks too. */
  DISK,
  /** Pool, near cache and disk of every node, and the grid. Pinned blocks too. */
  ALL
}
