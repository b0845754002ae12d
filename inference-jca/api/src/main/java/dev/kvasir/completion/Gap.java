package dev.kvasir.completion;

import org.jspecify.annotations.Nullable;

/**
 * Tokens of a prompt that were computed, and why they did not come from the cache.
 *
 * @param reason why
 * @param tokens how many
 * @param policy that evicted the first of their blocks, lower case; null unless one did
 * @param agoSeconds since the first of their blocks left; null unless that is remembered
 */
public record Gap(
    MissReason reason, int tokens, @Nullable String policy, @Nullable Double agoSeconds) {
  /** Without details. */
  public static Gap of(MissReason reason, int tokens) {
    return new Gap(reason, tokens, null, null);
  }
}
