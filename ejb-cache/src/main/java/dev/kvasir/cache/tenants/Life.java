package dev.kvasir.cache.tenants;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * From when to when a key is good.
 *
 * @param created when
 * @param expires from then on it is nobody's; null: never
 * @param lastUsed the hour in which it was last used; null: not yet
 */
public record Life(Instant created, @Nullable Instant expires, @Nullable Instant lastUsed) {
  boolean isOver(Instant now) {
    return expires != null && !now.isBefore(expires);
  }

  Life usedIn(Instant hour) {
    return new Life(created, expires, hour);
  }
}
