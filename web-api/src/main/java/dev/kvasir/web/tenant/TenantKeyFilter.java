package dev.kvasir.web.tenant;

import dev.kvasir.web.fault.RequestFault;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;
import java.security.Principal;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the key of a request, or its absence, a tenant; refuses keys that are nobody's. */
@Provider
@ApplicationScoped
@TenantKeyed
@Priority(Priorities.AUTHENTICATION)
public class TenantKeyFilter implements ContainerRequestFilter {
  /** Key of the tenant {@code default}; without it every key is nobody's. */
  @Inject
  @ConfigProperty(name = "kvasir.tenant.default.key")
  Optional<String> defaultKey;

  @Override
  public void filter(ContainerRequestContext request) {
    String authorization = request.getHeaderString(HttpHeaders.AUTHORIZATION);
    if (authorization != null && !BearerKey.matches(authorization, defaultKey)) {
      throw RequestFault.unknownKey(
          "The API key is not known here; send the default tenant's key as Authorization: Bearer"
              + " KEY, or no key.");
    }
    request.setSecurityContext(
        new TenantContext(new Tenant(Tenant.DEFAULT), request.getSecurityContext()));
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
