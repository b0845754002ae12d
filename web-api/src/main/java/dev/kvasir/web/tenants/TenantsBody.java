package dev.kvasir.web.tenants;

import dev.kvasir.cache.tenants.Tenant;
import java.util.List;
import java.util.Map;

/** Tenants by id. */
public record TenantsBody(List<TenantBody> tenants) {
  static TenantsBody of(List<Tenant> tenants, Map<String, Long> rateLimited) {
    return new TenantsBody(
        tenants.stream().map(tenant -> TenantBody.of(tenant, rateLimited)).toList());
  }
}
