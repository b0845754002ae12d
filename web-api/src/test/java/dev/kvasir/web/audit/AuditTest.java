package dev.kvasir.web.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.audit.AuditEvent.Outcome;
import dev.kvasir.web.fault.RequestFault;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditTest {
  @Test
  void worthNoting_changesAndRefusalsOfSomebody() {
    assertTrue(AuditedRequest.isWorthNoting("PUT", 200, "ada"));
    assertTrue(AuditedRequest.isWorthNoting("DELETE", 401, ""));
    assertTrue(AuditedRequest.isWorthNoting("GET", 403, "ada"));
    assertFalse(AuditedRequest.isWorthNoting("GET", 401, "ada"));
    assertFalse(AuditedRequest.isWorthNoting("GET", 401, ""));
    assertFalse(AuditedRequest.isWorthNoting("GET", 200, "ada"));
  }

  @Test
  void outcome_byStatus() {
    assertEquals(Outcome.DONE, AuditedRequest.outcome(204));
    assertEquals(Outcome.REFUSED, AuditedRequest.outcome(400));
    assertEquals(Outcome.FAILED, AuditedRequest.outcome(500));
  }

  @Test
  void csv_quotesAndFormulas_areHarmless() {
    assertEquals(
        "\"a \"\"b\"\"\",\"'=1+1\",\"-\",\"\"\r\n", Csv.line(List.of("a \"b\"", "=1+1", "-", "")));
  }

  @Test
  void parameters_none_newestHundred() {
    AuditParameters none = new AuditParameters();
    assertEquals(100, none.query().limit());
    assertEquals(Instant.EPOCH, none.query().from());
  }

  @ParameterizedTest
  @ValueSource(strings = {"yesterday", "2026-01-31", "2026-01-31T08:00:00"})
  void parameters_timeWithoutZone_refused(String from) {
    AuditParameters parameters = new AuditParameters();
    parameters.from = from;
    assertThrows(RequestFault.class, parameters::query);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1001", "many"})
  void parameters_limitOutOfRange_refused(String limit) {
    AuditParameters parameters = new AuditParameters();
    parameters.limit = limit;
    assertThrows(RequestFault.class, parameters::query);
  }
}
