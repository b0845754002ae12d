package dev.kvasir.cache.limits;

import dev.kvasir.cache.Ticker;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What each key may use on this node: requests a minute, and tokens of prompts and answers. Tokens
 * are known when a request is done, so a key goes below zero by one request and then waits.
 */
public final class KeyLimits {
  private static final int MAX_KEYS = 10_000;
  private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final BoundedTable<Use, TokenBucket> requests = new BoundedTable<>(MAX_KEYS);
  private final BoundedTable<Use, TokenBucket> tokens = new BoundedTable<>(MAX_KEYS);
  private final Ticker ticker;

  public KeyLimits(Ticker ticker) {
    this.ticker = ticker;
  }

  /**
   * Bounds of a key; a change of them begins anew.
   *
   * @param perMinute most of them; 0: no bound
   */
  private record Use(String key, int perMinute) {}

  /**
   * Bounds of a key.
   *
   * @param requestsPerMinute 0: none
   * @param tokensPerMinute 0: none
   */
  public record Bounds(int requestsPerMinute, int tokensPerMinute) {}

  /**
   * A bound that was reached.
   *
   * @param what {@code requests} or {@code tokens}
   * @param perMinute the bound
   * @param retryAfterSeconds when there is room again, at least 1
   */
  public record Exceeded(String what, int perMinute, int retryAfterSeconds) {}

  /** Lets a request in and counts it; or says which bound it would exceed. */
  public Optional<Exceeded> admit(String key, Bounds bounds) {
    if (bounds.tokensPerMinute() > 0) {
      long wait = bucket(tokens, key, bounds.tokensPerMinute()).nanosUntilOne();
      if (wait > 0) {
        return Optional.of(exceeded("tokens", bounds.tokensPerMinute(), wait));
      }
    }
    if (bounds.requestsPerMinute() > 0) {
      TokenBucket bucket = bucket(requests, key, bounds.requestsPerMinute());
      if (!bucket.tryTakeOne()) {
        return Optional.of(
            exceeded("requests", bounds.requestsPerMinute(), bucket.nanosUntilOne()));
      }
    }
    return Optional.empty();
  }

  /** Counts tokens that a key's request has used. */
  public void charge(String key, Bounds bounds, int used) {
    if (bounds.tokensPerMinute() > 0) {
      bucket(tokens, key, bounds.tokensPerMinute()).take(used);
    }
  }

  private TokenBucket bucket(BoundedTable<Use, TokenBucket> table, String key, int perMinute) {
    return table.get(
        new Use(key, perMinute), () -> new TokenBucket(perMinute, MINUTE_NANOS, ticker));
  }

  private static Exceeded exceeded(String what, int perMinute, long waitNanos) {
    long seconds = TimeUnit.NANOSECONDS.toSeconds(waitNanos + TimeUnit.SECONDS.toNanos(1) - 1);
    return new Exceeded(what, perMinute, (int) Math.max(1, seconds));
  }
}
