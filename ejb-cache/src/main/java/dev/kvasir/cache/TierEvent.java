package dev.kvasir.cache;

import java.util.Locale;

/** What can happen to a block of a tier behind the grid. */
public enum TierEvent {
  /** It was written, and is found again after a restart. */
  WRITTEN,
  /** It was read for a request. */
  READ,
  /** It lies here and came (back) into the grid. */
  PROMOTED,
  /** It left the grid for lack of room and was taken to be written here instead. */
  DEMOTED,
  /** It was to be written, but too much waited. */
  DROPPED,
  /** It left for lack of room. */
  EVICTED,
  /** It was there, or not used, for longer than the settings allow. */
  EXPIRED,
  /** It was found again at a start. */
  FOUND,
  /** Its bytes were not those that were written, so it was taken out. */
  CORRUPT,
  /** It was written by another release, or under another secret, and is left aside. */
  FOREIGN,
  /** It could not be read or written. */
  FAILED;

  /** The name in metrics and JSON: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
