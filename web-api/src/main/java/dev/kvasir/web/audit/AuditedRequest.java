package dev.kvasir.web.audit;

import dev.kvasir.cache.audit.AuditEvent.Outcome;
import java.util.Set;

/** What of a request and its status is noted. */
final class AuditedRequest {
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  private AuditedRequest() {}

  /** Changes, and what somebody may not read; failed log-ins are noted where they fail. */
  static boolean isWorthNoting(String method, int status, String who) {
    return (status == 403 && !who.isEmpty()) || !READING.contains(method);
  }

  static Outcome outcome(int status) {
    if (status >= 500) {
      return Outcome.FAILED;
    }
    return status >= 400 ? Outcome.REFUSED : Outcome.DONE;
  }
}
