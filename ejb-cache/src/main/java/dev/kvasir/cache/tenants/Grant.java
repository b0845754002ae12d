package dev.kvasir.cache.tenants;

/**
 * What a key is given for.
 *
 * @param tenant whose it is
 * @param name for people, 1 to 64 characters
 * @param role what it opens
 * @param requestsPerMinute most completions that it may ask for; 0: no bound of its own
 * @param tokensPerMinute most tokens of prompts and answers; 0: no bound of its own
 */
public record Grant(
    String tenant, String name, KeyRole role, int requestsPerMinute, int tokensPerMinute) {
  public Grant {
    PlainText.require("name", name, PlainText.NAME_LENGTH);
    if (requestsPerMinute < 0 || tokensPerMinute < 0) {
      throw TenantRefusedException.invalid(
          requestsPerMinute < 0 ? "requests_per_minute" : "tokens_per_minute",
          "a bound per minute must be 0 (none) or more");
    }
  }
}
