package dev.kvasir.console;

import dev.kvasir.cache.audit.AuditEvent;
import dev.kvasir.cache.audit.AuditEvent.Outcome;
import dev.kvasir.cache.audit.AuditTrail;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Objects;

/** Notes what users of the console change: by the page's words, never by what they typed. */
@ApplicationScoped
public class Acts {
  @EJB AuditTrail audit;
  @Inject HttpServletRequest request;

  /** Does something, and notes what came of it; what it throws goes on. */
  public void run(String what, String target, Runnable act) {
    boolean done = false;
    try {
      act.run();
      done = true;
    } finally {
      note(what, target, done ? Outcome.DONE : Outcome.FAILED);
    }
  }

  /** Notes it. */
  protected void note(String what, String target, Outcome outcome) {
    audit.record(
        new AuditEvent(
            Instant.now(),
            Objects.requireNonNullElse(request.getRemoteUser(), ""),
            "console " + what,
            target,
            request.getRemoteAddr(),
            outcome));
  }
}
