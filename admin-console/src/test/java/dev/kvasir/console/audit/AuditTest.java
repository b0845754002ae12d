package dev.kvasir.console.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.audit.AuditEvent;
import dev.kvasir.cache.audit.AuditEvent.Outcome;
import dev.kvasir.cache.audit.AuditPage;
import dev.kvasir.cache.audit.AuditQuery;
import dev.kvasir.cache.audit.AuditRecord;
import dev.kvasir.cache.audit.AuditTrail;
import dev.kvasir.console.TestingNotices;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditTest {
  private final TestingTrail trail = new TestingTrail();
  private final TestingNotices notices = new TestingNotices();
  private final Audit page = new Audit();

  @SuppressWarnings("UnnecessaryAssignment") // no container injects here
  AuditTest() {
    page.trail = trail;
    page.notices = notices;
  }

  @Test
  void search_thenOlder_goesOnFromTheCursor() {
    page.search();
    assertEquals(1, page.getEvents().size());
    assertTrue(page.isMore());
    page.older();
    assertFalse(page.isMore());
    assertEquals(List.of("", "7"), trail.asked.stream().map(AuditQuery::cursor).toList());
  }

  @Test
  void search_filter_askedAndExported() {
    page.setFrom(LocalDate.of(2026, 1, 31));
    page.setWho(" ada ");
    page.setWhat("a&b");
    page.search();
    assertEquals(
        new AuditQuery(Instant.parse("2026-01-31T00:00:00Z"), "ada", "a&b", 50, ""),
        trail.asked.get(0));
    assertEquals(
        "/api/audit?format=csv&limit=1000&from=2026-01-31T00%3A00%3A00Z&who=ada&what=a%26b",
        page.getExport());
  }

  @Test
  void search_storeInTrouble_told() {
    trail.fails = true;
    page.search();
    assertEquals(1, notices.told.size());
    assertTrue(notices.told.get(0).startsWith("ERROR 2: The events cannot be read"));
  }

  private static final class TestingTrail implements AuditTrail {
    private final List<AuditQuery> asked = new ArrayList<>();
    private boolean fails;

    @Override
    public void record(AuditEvent event) {
      throw new AssertionError("a page that reads noted something");
    }

    @Override
    public AuditPage find(AuditQuery query) {
      if (fails) {
        throw new IllegalStateException("no disk");
      }
      asked.add(query);
      AuditEvent event = new AuditEvent(Instant.EPOCH, "ada", "x", "", "", Outcome.DONE);
      return new AuditPage(
          List.of(new AuditRecord("7", "a", event)), query.cursor().isEmpty() ? "7" : "");
    }
  }
}
