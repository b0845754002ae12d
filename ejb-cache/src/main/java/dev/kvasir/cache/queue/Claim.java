package dev.kvasir.cache.queue;

import dev.kvasir.completion.Priority;

/**
 * What a request waits with.
 *
 * @param tenant who asks
 * @param priority how urgent it is
 * @param costTokens tokens that it may make the engine compute, at least 1
 */
public record Claim(String tenant, Priority priority, long costTokens) {
  public Claim {
    if (costTokens < 1) {
      throw new IllegalArgumentException(
          "the cost is %d tokens, but must be at least 1".formatted(costTokens));
    }
  }
}
