package dev.kvasir.cache.audit;

import java.time.Instant;

/**
 * Which events are wanted.
 *
 * @param from none before this
 * @param who exactly this name; empty for all
 * @param what a part of it, whatever its case; empty for all
 * @param limit most events to return, 1 to 1,000
 * @param cursor only events before the one with this id; empty to begin with the newest
 */
public record AuditQuery(Instant from, String who, String what, int limit, String cursor) {
  /** Most events of one page. */
  public static final int MAX_LIMIT = 1_000;

  public AuditQuery {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException(
          "limit is %d, but must be 1 to %d".formatted(limit, MAX_LIMIT));
    }
  }
}
