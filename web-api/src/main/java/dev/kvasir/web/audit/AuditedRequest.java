package dev.kvasir.web.audit;

import dev.kvasir.cache.audit.AuditEvent.Outcome;
import java.util.Set;

/** What of a request and its status is noted. */
final class AuditedRequest {
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  private AuditedRequest() {}

  /** Changes, and refusals of somebody; not that a stranger without a name looked in. */
  static boolean isWorthNoting(String method, int status, String who) {
    boolean refusedSomebody = (status == 401 || status == 403) && !who.isEmpty();
    return refusedSomebody || !READING.contains(method);
  }

  static Outcome outcome(int status) {
    if (status >= 500) {
      return Outcome.FAILED;
    }
    return status >= 400 ? Outcome.REFUSED : Outcome.DONE;
  }
}
