package dev.kvasir.web.access;

import dev.kvasir.cache.tenants.ApiKey;
import dev.kvasir.cache.tenants.Grant;
import dev.kvasir.cache.tenants.KeyRole;
import dev.kvasir.cache.tenants.Tenant;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A caller known by an API key.
 *
 * @param keyId which key; {@code default} for the configured one
 * @param grant what it is given for
 */
public record KeyCaller(String keyId, Grant grant) implements Caller {
  /** Who has the key that is configured for the default tenant. */
  static final KeyCaller CONFIGURED =
      new KeyCaller(Tenant.DEFAULT, new Grant(Tenant.DEFAULT, "configured", KeyRole.APP, 0, 0));

  /** Who asks by a key; null if the request came without one. */
  public static @Nullable KeyCaller of(HttpServletRequest request) {
    return request.getAttribute(KeyCaller.class.getName()) instanceof KeyCaller caller
        ? caller
        : null;
  }

  /** Keeps the caller with its request. */
  public void keepWith(HttpServletRequest request) {
    request.setAttribute(KeyCaller.class.getName(), this);
  }

  static KeyCaller of(ApiKey key) {
    return new KeyCaller(key.id(), key.grant());
  }

  @Override
  public String getName() {
    return "key " + keyId;
  }

  @Override
  public Optional<String> tenant() {
    return Optional.of(grant.tenant());
  }

  @Override
  public boolean isInRole(String role) {
    return grant.role().name().toLowerCase(Locale.ROOT).equals(role);
  }
}
