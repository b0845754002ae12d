package dev.kvasir.cache.audit;

/** The memory of what administrators did. Safe for all threads; an EJB business interface. */
public interface AuditTrail {
  /**
   * Notes an event. Returns at once and never fails for trouble of whatever keeps it: what was done
   * stays done.
   */
  void record(AuditEvent event);

  /** Events that are still kept, newest first. */
  AuditPage find(AuditQuery query);
}
