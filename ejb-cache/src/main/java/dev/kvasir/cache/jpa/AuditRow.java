package dev.kvasir.cache.jpa;

import dev.kvasir.cache.audit.AuditEvent;
import dev.kvasir.cache.audit.AuditEvent.Outcome;
import dev.kvasir.cache.audit.AuditRecord;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** An audit event in its table. */
@Entity
@Table(name = "kvasir_audit")
@SuppressWarnings("NullAway.Init") // the provider fills them in
public class AuditRow {
  @Id private String id;
  private String node;

  @Column(name = "at_millis")
  private long atMillis;

  private String who;
  private String what;
  private String target;
  private String address;
  private String outcome;

  /** For the provider. */
  protected AuditRow() {}

  AuditRow(AuditRecord kept) {
    AuditEvent event = kept.event();
    id = kept.id();
    node = kept.node();
    atMillis = event.when().toEpochMilli();
    who = event.who();
    what = event.what();
    target = event.target();
    address = event.address();
    outcome = event.outcome().name();
  }

  AuditRecord toRecord() {
    return new AuditRecord(
        id,
        node,
        new AuditEvent(
            Instant.ofEpochMilli(atMillis), who, what, target, address, Outcome.valueOf(outcome)));
  }
}
