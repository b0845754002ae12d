package dev.kvasir.web.access;

import dev.kvasir.cache.audit.AuditEvent;
import dev.kvasir.cache.audit.AuditEvent.Outcome;
import dev.kvasir.cache.audit.AuditTrail;
import dev.kvasir.cache.limits.LoginGuard;
import dev.kvasir.cache.tenants.TenantDirectory;
import dev.kvasir.web.fault.RequestFault;
import jakarta.annotation.Priority;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Makes the key or token of a request, whatever it asks for, a caller with roles; refuses those
 * that are nobody's. The container has looked at all other credentials.
 */
@Provider
@ApplicationScoped
@Priority(Priorities.AUTHENTICATION)
public class CallerFilter implements ContainerRequestFilter {
  @EJB TenantDirectory tenants;
  @EJB LoginGuard guard;
  @Inject WebTokens tokens;
  @EJB AuditTrail audit;
  @Inject HttpServletRequest servlet;

  /** A key of the default tenant beside those that were made. */
  @Inject
  @ConfigProperty(name = "kvasir.tenant.default.key")
  Optional<String> configuredKey;

  @Override
  public void filter(ContainerRequestContext request) {
    String authorization = request.getHeaderString(HttpHeaders.AUTHORIZATION);
    if (authorization == null) {
      return;
    }
    requirePatience();
    Optional<String> token = BearerToken.of(authorization);
    if (token.isPresent()) {
      request.setSecurityContext(
          new KeyContext(callerOf(token.get()), request.getSecurityContext()));
    } else if (request.getSecurityContext().getUserPrincipal() == null) {
      noteFailure();
    }
  }

  /** Right credentials wait like wrong ones, else the answer would tell. */
  private void requirePatience() {
    int seconds = guard.secondsToWait(servlet.getRemoteAddr());
    if (seconds > 0) {
      throw RequestFault.tooMany(
          "too_many_failed_logins",
          "Too many credentials from this address were nobody's; none is looked at before the seconds that Retry-After says are over.",
          seconds);
    }
  }

  private Caller callerOf(String token) {
    if (configuredKey.filter(key -> BearerToken.matches(token, key)).isPresent()) {
      return KeyCaller.CONFIGURED;
    }
    return tenants
        .authenticate(token)
        .<Caller>map(KeyCaller::of)
        .or(() -> tokens.callerOf(token))
        .orElseThrow(this::unknownKey);
  }

  private void noteFailure() {
    String address = servlet.getRemoteAddr();
    guard.failed(address);
    String who = Claimant.named(servlet.getHeader(HttpHeaders.AUTHORIZATION));
    audit.record(new AuditEvent(Instant.now(), who, "log-in", "", address, Outcome.REFUSED));
  }

  private RequestFault unknownKey() {
    noteFailure();
    return RequestFault.unknownKey(
        "The API key is not known here, or is no longer good; ask the administrator for another one,"
            + " and send it as Authorization: Bearer KEY.");
  }
}
