package dev.kvasir.cache;

/** What an administrator can clear. */
public enum ClearScope {
  /** This node's engine pool, blocks without holder. */
  POOL,
  /** This node's near cache. */
  NEAR,
  /** Pool and near cache of every node, and the grid. Pinned blocks too. */
  ALL
}
