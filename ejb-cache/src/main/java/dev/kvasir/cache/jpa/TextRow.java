package dev.kvasir.cache.jpa;

import dev.kvasir.cache.tenants.SharedText;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A text of all nodes in its table. */
@Entity
@Table(name = "kvasir_text")
@SuppressWarnings("NullAway.Init") // the provider fills them in
public class TextRow implements VersionedRow<SharedText> {
  @Id private String id;

  @Column(name = "content")
  private String text;

  @Column(name = "changed_by")
  private String changedBy;

  @Column(name = "changed_millis")
  private long changedMillis;

  private long revision;

  /** For the provider. */
  protected TextRow() {}

  TextRow(String id) {
    this.id = id;
  }

  @Override
  public void take(SharedText written) {
    text = written.text();
    changedBy = written.changedBy();
    changedMillis = written.changed().toEpochMilli();
    revision = written.version();
  }

  SharedText toText() {
    return new SharedText(id, text, changedBy, Instant.ofEpochMilli(changedMillis), revision);
  }

  @Override
  public long revision() {
    return revision;
  }
}
