package dev.kvasir.web.tenants;

import dev.kvasir.cache.tenants.Tenant;
import java.util.Map;

/**
 * A tenant; {@code created} is the beginning of 1970 for the one that always exists, {@code
 * rate_limited} counts requests that got 429 since this node's start.
 */
public record TenantBody(String id, String created, long rateLimited) {
  static TenantBody of(Tenant tenant, Map<String, Long> rateLimited) {
    return new TenantBody(
        tenant.id(), tenant.created().toString(), rateLimited.getOrDefault(tenant.id(), 0L));
  }
}
