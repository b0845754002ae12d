package dev.kvasir.completion;

import java.util.Locale;

/** Why the tokens that were computed did not come from the cache. */
public enum MissReason {
  /** All full blocks before the last token came from the cache. */
  NONE,
  /** The prompt is no longer than one block, so there is nothing to share. */
  PROMPT_SHORTER_THAN_BLOCK,
  /** The cache was off for this request or this node. */
  CACHE_OFF,
  /** Nobody has computed this prefix for this tenant, or not this far, as far as is remembered. */
  FIRST_SEEN,
  /**
   * It was computed, but never shared: the grid was full and it was not asked for often enough, too
   * much waited, or its bytes could not be had or stored.
   */
  NOT_ADMITTED,
  /** It was cached, but had to make room. */
  EVICTED,
  /** It was cached, and grew too old. */
  EXPIRED,
  /** It was cached, and was taken out: cleared by an administrator, or by a mended index. */
  REMOVED,
  /** It was cached, and went down with its owner and backup. */
  LOST,
  /** It did not come before the deadline. */
  DEADLINE,
  /** The grid failed. */
  GRID_UNAVAILABLE,
  /** A disk failed, or did not give it before the deadline. */
  DISK_UNAVAILABLE,
  /** The grid had failed so often that it was not asked. */
  CIRCUIT_OPEN,
  /** What came did not pass its checks. */
  CORRUPT,
  /** To compute it was expected to be faster than to load it. */
  RECOMPUTE_CHEAPER,
  /** It was computed from the front while what stands behind it was loaded from the end. */
  MEANWHILE,
  /** Another request was computing it, but did not finish while this one was willing to wait. */
  SINGLE_FLIGHT_TIMEOUT,
  /** It stands behind the last whole block, or is the last token: always computed. */
  TAIL;

  /** The name on the wire: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
