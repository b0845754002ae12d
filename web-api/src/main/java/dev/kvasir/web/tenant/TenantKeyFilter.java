package dev.kvasir.web.tenant;

import dev.kvasir.cache.tenants.TenantDirectory;
import dev.kvasir.web.access.AnonymousCallers;
import dev.kvasir.web.access.Caller;
import dev.kvasir.web.access.KeyCaller;
import dev.kvasir.web.access.Roles;
import dev.kvasir.web.fault.RequestFault;
import jakarta.annotation.Priority;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;
import java.security.Principal;

/**
 * Makes the caller of a request a tenant: by its key; an administrator, and a stranger where these
 * are let in, is the default one. Nothing that the request says besides makes it another.
 */
@Provider
@ApplicationScoped
@TenantKeyed
@Priority(Priorities.AUTHORIZATION)
public class TenantKeyFilter implements ContainerRequestFilter {
  @EJB TenantDirectory tenants;
  @Inject AnonymousCallers strangers;
  @Inject HttpServletRequest servlet;

  @Override
  public void filter(ContainerRequestContext request) {
    request.setSecurityContext(new TenantContext(tenantOf(request), request.getSecurityContext()));
  }

  private Tenant tenantOf(ContainerRequestContext request) {
    SecurityContext caller = request.getSecurityContext();
    if (caller.getUserPrincipal() instanceof Caller known && known.isInRole(Roles.APP)) {
      return tenantOf(known);
    }
    boolean isStranger =
        caller.getUserPrincipal() == null
            && request.getHeaderString(HttpHeaders.AUTHORIZATION) == null;
    if (caller.isUserInRole(Roles.ADMIN)
        || (isStranger && strangers.mayComeFrom(servlet.getRemoteAddr()))) {
      return new Tenant(Tenant.DEFAULT);
    }
    if (caller.getUserPrincipal() != null) {
      throw new ForbiddenException();
    }
    throw RequestFault.unknownKey(
        "This needs an API key; ask the administrator for one, and send it as Authorization: Bearer"
            + " KEY.");
  }

  private Tenant tenantOf(Caller known) {
    if (known instanceof KeyCaller key) {
      key.keepWith(servlet);
    }
    String tenant = known.tenant().orElse("");
    if (!tenants.exists(tenant)) {
      throw RequestFault.notAllowed(
          "The token's tenant is \"%s\", which does not exist; an administrator makes it."
              .formatted(tenant));
    }
    return new Tenant(tenant);
  }

  /** The security context of a tenant, who has no roles. */
  private record TenantContext(Tenant tenant, SecurityContext transport)
      implements SecurityContext {
    @Override
    public Principal getUserPrincipal() {
      return tenant;
    }

    @Override
    public boolean isUserInRole(String role) {
      return false;
    }

    @Override
    public boolean isSecure() {
      return transport.isSecure();
    }

    @Override
    public String getAuthenticationScheme() {
      return "Bearer";
    }
  }
}
