package dev.kvasir.cache.audit;

import java.util.ArrayList;
import java.util.List;

/** Keeps events in memory; can be full. */
final class TestingAuditStore implements AuditStore {
  final List<AuditRecord> kept = new ArrayList<>();
  boolean full;

  @Override
  public void append(List<AuditRecord> records) {
    if (full) {
      throw new IllegalStateException("the disk is full");
    }
    kept.addAll(records);
  }

  @Override
  public void prune(int keep) {
    while (kept.size() > keep) {
      kept.remove(0);
    }
  }

  @Override
  public AuditPage find(AuditQuery query) {
    List<AuditRecord> newestFirst = new ArrayList<>();
    kept.forEach(each -> newestFirst.add(0, each));
    return AuditPage.of(newestFirst, query.limit());
  }
}
