package dev.kvasir.web.audit;

import dev.kvasir.cache.audit.AuditEvent;
import dev.kvasir.cache.audit.AuditTrail;
import dev.kvasir.web.access.Claimant;
import dev.kvasir.web.admin.AdminOnly;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;
import java.time.Instant;

/**
 * Notes every request that changes something, and every one of somebody who may not: by method and
 * path, never by its body. So a new resource for administrators is audited without doing anything.
 */
@Provider
@ApplicationScoped
@AdminOnly
public class AuditFilter implements ContainerResponseFilter {
  @EJB AuditTrail audit;
  @Inject HttpServletRequest servlet;

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    String who = Claimant.of(request);
    int status = response.getStatus();
    if (!AuditedRequest.isWorthNoting(request.getMethod(), status, who)) {
      return;
    }
    audit.record(
        new AuditEvent(
            Instant.now(),
            who,
            request.getMethod() + " /" + request.getUriInfo().getPath().replaceFirst("^/", ""),
            AuditTarget.of(servlet),
            servlet.getRemoteAddr(),
            AuditedRequest.outcome(status)));
  }
}
