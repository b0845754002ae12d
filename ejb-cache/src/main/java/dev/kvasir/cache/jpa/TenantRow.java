package dev.kvasir.cache.jpa;

import dev.kvasir.cache.tenants.Tenant;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A tenant in its table. */
@Entity
@Table(name = "kvasir_tenant")
@SuppressWarnings("NullAway.Init") // the provider fills them in
public class TenantRow implements VersionedRow<Tenant> {
  @Id private String id;

  @Column(name = "created_millis")
  private long createdMillis;

  private long revision;
  private boolean deleted;

  /** For the provider. */
  protected TenantRow() {}

  TenantRow(String id) {
    this.id = id;
  }

  @Override
  public void take(Tenant tenant) {
    createdMillis = tenant.created().toEpochMilli();
    revision = tenant.version();
    deleted = tenant.deleted();
  }

  Tenant toTenant() {
    return new Tenant(id, Instant.ofEpochMilli(createdMillis), revision, deleted);
  }

  @Override
  public long revision() {
    return revision;
  }
}
