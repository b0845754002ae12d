package dev.kvasir.cache.browse;

import dev.kvasir.inference.BlockHash;
import org.jspecify.annotations.Nullable;

/**
 * Which runs are wanted.
 *
 * @param after the block that they continue; null for those that prefixes begin with
 * @param tenant whose; empty for all
 * @param offset runs to leave out
 * @param limit most runs, 1 to {@link #MAX_LIMIT}
 */
public record RunQuery(@Nullable BlockHash after, String tenant, int offset, int limit) {
  /** Most runs of one page. */
  public static final int MAX_LIMIT = 200;

  public RunQuery {
    if (offset < 0) {
      throw new IllegalArgumentException(
          "offset is %d, but must not be negative".formatted(offset));
    }
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException(
          "limit is %d, but must be from 1 to %d".formatted(limit, MAX_LIMIT));
    }
  }
}
