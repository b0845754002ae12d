package dev.kvasir.cache.audit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

/** The last events of one node, in memory. */
public final class RecentAudit implements AuditTrail {
  private final String node;
  private final int capacity;
  private final AuditIds ids;
  private final Deque<AuditRecord> newestFirst = new ArrayDeque<>(); // guarded by itself

  /**
   * @param node its name
   * @param capacity most events kept; the oldest leave first
   */
  public RecentAudit(String node, int capacity) {
    this.node = node;
    this.capacity = capacity;
    this.ids = new AuditIds(node);
  }

  @Override
  public void record(AuditEvent event) {
    synchronized (newestFirst) {
      newestFirst.addFirst(new AuditRecord(ids.next(event.when()), node, event));
      if (newestFirst.size() > capacity) {
        newestFirst.removeLast();
      }
    }
  }

  @Override
  public AuditPage find(AuditQuery query) {
    synchronized (newestFirst) {
      List<AuditRecord> found =
          StreamSupport.stream(newestFirst.spliterator(), false)
              .filter(kept -> matches(kept, query))
              .limit(query.limit() + 1L)
              .toList();
      return AuditPage.of(found, query.limit());
    }
  }

  private static boolean matches(AuditRecord kept, AuditQuery query) {
    AuditEvent event = kept.event();
    return !event.when().isBefore(query.from())
        && (query.who().isEmpty() || event.who().equals(query.who()))
        && lower(event.what()).contains(lower(query.what()))
        && (query.cursor().isEmpty() || kept.id().compareTo(query.cursor()) < 0);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
