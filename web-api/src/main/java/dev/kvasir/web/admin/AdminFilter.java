package dev.kvasir.web.admin;

import dev.kvasir.web.access.Roles;
import jakarta.annotation.Priority;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;

/**
 * Refuses callers without the role {@code admin}, or {@code operator} if they only read. The
 * container has checked the name and password of whoever sent some; being bound to resources, no
 * spelling of a path slips by.
 */
@Provider
@AdminOnly
@Priority(Priorities.AUTHORIZATION)
public class AdminFilter implements ContainerRequestFilter {
  private static final Set<String> READING = Set.of("GET", "HEAD");
  private static final String CHALLENGE = "Basic realm=\"kvasir\"";

  @Override
  public void filter(ContainerRequestContext request) {
    SecurityContext caller = request.getSecurityContext();
    if (caller.getUserPrincipal() == null) {
      throw new NotAuthorizedException(CHALLENGE);
    }
    boolean mayRead = READING.contains(request.getMethod()) && caller.isUserInRole(Roles.OPERATOR);
    if (!caller.isUserInRole(Roles.ADMIN) && !mayRead) {
      throw new ForbiddenException();
    }
  }
}
