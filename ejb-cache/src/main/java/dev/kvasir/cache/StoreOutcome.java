package dev.kvasir.cache;

import java.util.Locale;

/** What became of a block that was offered to the store. */
public enum StoreOutcome {
  /** It was stored now. */
  STORED,
  /** It was there already. */
  PRESENT,
  /** The grid is full, and the block was not asked for often enough. */
  NOT_ADMITTED,
  /** The block before it is not cached, so that nobody could find it. */
  NO_PARENT,
  /** The tenant has as much as it may. */
  OVER_QUOTA;

  /** Whether the store would not have it. */
  public boolean isRefusal() {
    return this != STORED && this != PRESENT;
  }

  /** The name in statistics: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
