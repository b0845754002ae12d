package dev.kvasir.cache;

import java.util.Locale;

/** Where the K/V of a token came from, nearest first. */
public enum Source {
  /** The engine's own block pool. */
  POOL,
  /** This node's near cache. */
  NEAR,
  /** A partition of the grid that this node owns. */
  LOCAL,
  /** A partition of the grid that another node owns. */
  REMOTE,
  /** A node's disk. */
  DISK;

  /** The name in metrics and JSON: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
