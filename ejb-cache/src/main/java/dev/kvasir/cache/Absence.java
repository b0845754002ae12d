package dev.kvasir.cache;

import dev.kvasir.completion.MissReason;
import org.jspecify.annotations.Nullable;

/**
 * Why a block is not in the store, as far as is remembered.
 *
 * @param reason of its absence
 * @param policy that evicted it, lower case; null unless one did
 * @param agoSeconds since then; null if nothing is remembered
 */
public record Absence(MissReason reason, @Nullable String policy, @Nullable Double agoSeconds) {
  /** Nobody has computed it for this tenant, or it is forgotten that somebody did. */
  public static final Absence FIRST_SEEN = new Absence(MissReason.FIRST_SEEN, null, null);

  /** It is not known whether it is there: the store cannot be reached. */
  public static final Absence UNREACHABLE = new Absence(MissReason.GRID_UNAVAILABLE, null, null);
}
