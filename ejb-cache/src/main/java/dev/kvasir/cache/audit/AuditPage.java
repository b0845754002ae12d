package dev.kvasir.cache.audit;

import java.util.List;

/**
 * Some events.
 *
 * @param records newest first
 * @param next cursor of the page that follows; empty if there is none
 */
public record AuditPage(List<AuditRecord> records, String next) {
  public AuditPage {
    records = List.copyOf(records);
  }

  /**
   * The first of those found.
   *
   * @param found in order, one more than wanted if there are so many
   */
  public static AuditPage of(List<AuditRecord> found, int limit) {
    if (found.size() <= limit) {
      return new AuditPage(found, "");
    }
    List<AuditRecord> first = found.subList(0, limit);
    return new AuditPage(first, first.get(limit - 1).id());
  }
}
