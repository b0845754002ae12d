package dev.kvasir.ra;

import jakarta.resource.spi.ConnectionRequestInfo;
import org.jspecify.annotations.Nullable;

/**
 * A request for a slot of one's own. A server shares a connection between requests that are equal;
 * no two of these are, so two generations never meet in one slot, whatever sharing scope an
 * application has declared. All have one hash code, so that a pool looks for free slots in one
 * bucket.
 */
final class Unshared implements ConnectionRequestInfo {
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return 1;
  }
}
