package dev.kvasir.cache.audit;

import java.util.List;

/** Where a node keeps audit events, so that they outlive it. */
public interface AuditStore {
  /** Keeps events that are not kept yet; they are on disk when this returns. */
  void append(List<AuditRecord> records);

  /** Forgets all but so many of the newest. */
  void prune(int keep);

  /** Kept events, newest first. */
  AuditPage find(AuditQuery query);
}
