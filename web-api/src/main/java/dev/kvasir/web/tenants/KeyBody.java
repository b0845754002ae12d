package dev.kvasir.web.tenants;

import dev.kvasir.cache.tenants.ApiKey;
import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one; {@code last_used} is the hour of its last use, a bound per minute is 0
 * where the key has none of its own.
 */
@JsonbNillable
@JsonbPropertyOrder({
  "id",
  "name",
  "role",
  "created",
  "expires",
  "lastUsed",
  "requestsPerMinute",
  "tokensPerMinute"
})
public record KeyBody(
    String id,
    String name,
    String role,
    String created,
    @Nullable String expires,
    @Nullable String lastUsed,
    int requestsPerMinute,
    int tokensPerMinute) {
  static KeyBody of(ApiKey key) {
    return new KeyBody(
        key.id(),
        key.grant().name(),
        key.grant().role().name().toLowerCase(Locale.ROOT),
        key.life().created().toString(),
        text(key.life().expires()),
        text(key.life().lastUsed()),
        key.grant().requestsPerMinute(),
        key.grant().tokensPerMinute());
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }
}
