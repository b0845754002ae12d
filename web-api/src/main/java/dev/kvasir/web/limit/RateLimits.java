package dev.kvasir.web.limit;

import dev.kvasir.cache.Ticker;
import dev.kvasir.cache.limits.KeyLimits;
import dev.kvasir.cache.limits.KeyLimits.Bounds;
import dev.kvasir.cache.limits.KeyLimits.Exceeded;
import dev.kvasir.cache.tenants.Grant;
import dev.kvasir.web.access.KeyCaller;
import dev.kvasir.web.fault.RequestFault;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Lets completions in by the bounds of their keys, and counts by tenant those that have to wait.
 */
@ApplicationScoped
public class RateLimits {
  private final KeyLimits limits = new KeyLimits(Ticker.system());
  private final Map<String, LongAdder> refused = new ConcurrentHashMap<>();
  private int requestsPerMinute;
  private int tokensPerMinute;

  /** Sets the bounds of keys that have none of their own; 0: none. */
  @Inject
  void configure(
      @ConfigProperty(name = "kvasir.key.requests.per.minute", defaultValue = "0")
          int requestsPerMinute,
      @ConfigProperty(name = "kvasir.key.tokens.per.minute", defaultValue = "0")
          int tokensPerMinute) {
    this.requestsPerMinute = requestsPerMinute;
    this.tokensPerMinute = tokensPerMinute;
  }

  /**
   * Lets a request in.
   *
   * @param caller whose key; null for callers without one, who have no bounds
   * @return to charge its tokens to
   * @throws RequestFault if the key has used what it may
   */
  public Account admit(@Nullable KeyCaller caller) {
    if (caller == null) {
      return tokens -> {};
    }
    Bounds bounds = bounds(caller.grant());
    Exceeded exceeded = limits.admit(caller.keyId(), bounds).orElse(null);
    if (exceeded != null) {
      refused.computeIfAbsent(caller.grant().tenant(), tenant -> new LongAdder()).increment();
      throw RequestFault.tooMany(
          "rate_limit_exceeded",
          "This key may use %d %s a minute, and has; send the request again after the seconds that Retry-After says."
              .formatted(exceeded.perMinute(), exceeded.what()),
          exceeded.retryAfterSeconds());
    }
    return tokens -> limits.charge(caller.keyId(), bounds, tokens);
  }

  private Bounds bounds(Grant grant) {
    return new Bounds(
        grant.requestsPerMinute() > 0 ? grant.requestsPerMinute() : requestsPerMinute,
        grant.tokensPerMinute() > 0 ? grant.tokensPerMinute() : tokensPerMinute);
  }

  /** Requests of each tenant that had to wait, on this node since its start. */
  public Map<String, Long> refusedByTenant() {
    Map<String, Long> counts = new TreeMap<>();
    refused.forEach((tenant, count) -> counts.put(tenant, count.sum()));
    return counts;
  }

  /** To whom a request's tokens are charged. */
  @FunctionalInterface
  public interface Account {
    /** Charges tokens of prompt and answers, when they are known. */
    void charge(int tokens);
  }
}
