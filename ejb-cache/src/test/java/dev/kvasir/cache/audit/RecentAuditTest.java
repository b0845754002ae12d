package dev.kvasir.cache.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kvasir.cache.audit.AuditEvent.Outcome;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentAuditTest {
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

  private final RecentAudit audit = new RecentAudit("a", 5);

  @Test
  void find_moreThanAPage_goesOnFromItsCursor() {
    record(0, "ada", "one");
    record(0, "ada", "two");
    record(1, "ada", "three");

    AuditPage first = audit.find(new AuditQuery(Instant.EPOCH, "", "", 2, ""));
    AuditPage second = audit.find(new AuditQuery(Instant.EPOCH, "", "", 2, first.next()));

    assertEquals(List.of("three", "two"), whats(first));
    assertEquals(List.of("one"), whats(second));
    assertEquals("", second.next());
  }

  @Test
  void find_byTimeNameAndPart_onlyThese() {
    record(0, "ada", "PUT /api/cache/policy");
    record(5, "bob", "PUT /api/cache/policy");
    record(6, "ada", "DELETE /api/cache");

    assertEquals(2, find(NOON.plusSeconds(5), "", "").size());
    assertEquals(2, find(Instant.EPOCH, "ada", "").size());
    assertEquals(List.of("DELETE /api/cache"), find(Instant.EPOCH, "", "delete"));
  }

  @Test
  void record_moreThanTheCapacity_oldestLeave() {
    for (int i = 0; i < 9; i++) {
      record(i, "ada", "act " + i);
    }
    assertEquals(List.of("act 8", "act 7", "act 6", "act 5", "act 4"), find(Instant.EPOCH, "", ""));
  }

  @Test
  void event_longOrBrokenTexts_cutAndPlain() {
    AuditEvent event =
        new AuditEvent(NOON, " ", "a\r\nb", "t".repeat(999), "1.2.3.4", Outcome.REFUSED);
    assertEquals("-", event.who());
    assertEquals("a  b", event.what());
    assertEquals(256, event.target().length());
  }

  @Test
  void query_limitOutOfRange_refused() {
    assertThrows(IllegalArgumentException.class, () -> new AuditQuery(NOON, "", "", 1_001, ""));
  }

  private void record(int second, String who, String what) {
    audit.record(
        new AuditEvent(NOON.plusSeconds(second), who, what, "", "127.0.0.1", Outcome.DONE));
  }

  private List<String> find(Instant from, String who, String what) {
    return whats(audit.find(new AuditQuery(from, who, what, 100, "")));
  }

  private static List<String> whats(AuditPage page) {
    return page.records().stream().map(kept -> kept.event().what()).toList();
  }
}
