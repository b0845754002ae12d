package dev.kvasir.completion;

import java.util.Locale;

/** Among whom blocks are shared, the widest first; never beyond what the tenant may share. */
public enum SharingScope {
  /** All with whom the tenant shares. */
  GLOBAL,
  /** The tenant's own requests. */
  TENANT,
  /** Requests of one conversation, as they name it. */
  SESSION,
  /** Nobody: the cache takes no part. */
  OFF;

  /** The name on the wire and in the configuration: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The narrower of both. */
  public SharingScope and(SharingScope other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
