package dev.kvasir.console;

import dev.kvasir.cache.audit.AuditEvent;
import dev.kvasir.cache.audit.AuditEvent.Outcome;
import dev.kvasir.cache.audit.AuditTrail;
import dev.kvasir.cache.limits.LoginGuard;
import jakarta.ejb.EJB;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;

/**
 * Notes log-ins that failed: the server then leads to the login page as web.xml says. Who fails too
 * often has to wait, right password or not.
 */
@WebFilter("/j_security_check")
public class FailedLogins extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final int TOO_MANY = 429;
  private static final String FAILED = "failed=1";

  @EJB private transient AuditTrail audit;
  @EJB private transient LoginGuard guard;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    int seconds = guard.secondsToWait(request.getRemoteAddr());
    if (seconds > 0) {
      response.setIntHeader("Retry-After", seconds);
      response.sendError(TOO_MANY, Texts.of("login.wait", seconds));
      return;
    }
    chain.doFilter(request, response);
    if (Objects.requireNonNullElse(response.getHeader("Location"), "").contains(FAILED)) {
      guard.failed(request.getRemoteAddr());
      audit.record(
          new AuditEvent(
              Instant.now(),
              Objects.requireNonNullElse(request.getParameter("j_username"), ""),
              "console log-in",
              "",
              request.getRemoteAddr(),
              Outcome.REFUSED));
    }
  }
}
