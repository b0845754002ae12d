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
  private static final int MAX_NAME = 64;

  public Grant {
    if (name.isBlank() || name.length() > MAX_NAME || !name.equals(plain(name))) {
      throw TenantRefusedException.invalid(
          "name",
          "a key's name must have 1 to %d characters, none of them a control character"
              .formatted(MAX_NAME));
    }
    if (requestsPerMinute < 0 || tokensPerMinute < 0) {
      throw TenantRefusedException.invalid(
          requestsPerMinute < 0 ? "requests_per_minute" : "tokens_per_minute",
          "a bound per minute must be 0 (none) or more");
    }
  }

  private static String plain(String text) {
    return text.replaceAll("\\p{Cntrl}", "");
  }
}
