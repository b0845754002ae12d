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
  /** Nobody has computed this prefix for this tenant, or not this far. */
  NOT_CACHED,
  /** It was known to be cached, but was evicted or lost before it came. */
  EVICTED,
  /** It did not come before the deadline. */
  DEADLINE,
  /** The grid failed, or its circuit is open. */
  GRID_UNAVAILABLE,
  /** A disk failed, or did not give it before the deadline. */
  DISK_UNAVAILABLE,
  /** What came did not pass its checks. */
  CORRUPT,
  /** To compute it was expected to be faster than to load it. */
  RECOMPUTE_CHEAPER,
  /** Another request was computing it, but did not finish while this one was willing to wait. */
  SINGLE_FLIGHT_TIMEOUT;

  /** The name on the wire: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
