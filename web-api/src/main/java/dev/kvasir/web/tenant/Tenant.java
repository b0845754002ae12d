package dev.kvasir.web.tenant;

import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;

/**
 * The caller of a {@link TenantKeyed} resource.
 *
 * @param getName of the tenant
 */
public record Tenant(String getName) implements Principal {
  /** The tenant of callers without a key. */
  public static final String DEFAULT = "default";

  /**
   * Name of the request's tenant.
   *
   * @throws IllegalStateException if the resource is not {@link TenantKeyed}
   */
  public static String of(SecurityContext caller) {
    if (caller.getUserPrincipal() instanceof Tenant tenant) {
      return tenant.getName();
    }
    throw new IllegalStateException("no tenant: the resource must be @TenantKeyed");
  }
}
