package dev.kvasir.cache.jpa;

import dev.kvasir.cache.tenants.ApiKey;
import dev.kvasir.cache.tenants.Grant;
import dev.kvasir.cache.tenants.KeyRole;
import dev.kvasir.cache.tenants.Life;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A key in its table: its digest, never the key. */
@Entity
@Table(name = "kvasir_api_key")
@SuppressWarnings("NullAway.Init") // the provider fills them in
public class KeyRow implements VersionedRow<ApiKey> {
  @Id private String id;
  private String tenant;
  private String name;

  @Column(name = "key_role")
  private String role;

  @Column(name = "requests_per_minute")
  private int requestsPerMinute;

  @Column(name = "tokens_per_minute")
  private int tokensPerMinute;

  private String digest;

  @Column(name = "created_millis")
  private long createdMillis;

  @Column(name = "expires_millis")
  private @Nullable Long expiresMillis;

  @Column(name = "used_millis")
  private @Nullable Long usedMillis;

  private long revision;
  private boolean deleted;

  /** For the provider. */
  protected KeyRow() {}

  KeyRow(String id) {
    this.id = id;
  }

  @Override
  public void take(ApiKey key) {
    Grant grant = key.grant();
    tenant = grant.tenant();
    name = grant.name();
    role = grant.role().name();
    requestsPerMinute = grant.requestsPerMinute();
    tokensPerMinute = grant.tokensPerMinute();
    digest = key.digest();
    createdMillis = key.life().created().toEpochMilli();
    expiresMillis = millis(key.life().expires());
    usedMillis = millis(key.life().lastUsed());
    revision = key.version();
    deleted = key.deleted();
  }

  ApiKey toKey() {
    return new ApiKey(
        id,
        new Grant(tenant, name, KeyRole.valueOf(role), requestsPerMinute, tokensPerMinute),
        digest,
        new Life(Instant.ofEpochMilli(createdMillis), time(expiresMillis), time(usedMillis)),
        revision,
        deleted);
  }

  @Override
  public long revision() {
    return revision;
  }

  private static @Nullable Long millis(@Nullable Instant time) {
    return time == null ? null : time.toEpochMilli();
  }

  private static @Nullable Instant time(@Nullable Long millis) {
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }
}
