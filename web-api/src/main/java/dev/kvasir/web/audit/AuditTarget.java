package dev.kvasir.web.audit;

import jakarta.servlet.http.HttpServletRequest;

/** What a request is about, where its path does not say so. */
public final class AuditTarget {
  private static final String ATTRIBUTE = "kvasir.audit.target";

  private AuditTarget() {}

  /** Notes it for the audit trail; nothing that is secret. */
  public static void note(HttpServletRequest request, String target) {
    request.setAttribute(ATTRIBUTE, target);
  }

  static String of(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof String target ? target : "";
  }
}
