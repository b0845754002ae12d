package dev.kvasir.cache.grid;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import dev.kvasir.cache.audit.AuditEvent;
import dev.kvasir.cache.audit.AuditEvent.Outcome;
import dev.kvasir.cache.audit.AuditRecord;
import dev.kvasir.cache.tenants.ApiKey;
import dev.kvasir.cache.tenants.Grant;
import dev.kvasir.cache.tenants.KeyRole;
import dev.kvasir.cache.tenants.Life;
import dev.kvasir.cache.tenants.SharedText;
import dev.kvasir.cache.tenants.Tenant;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How tenants, keys, texts and audit events are written, field by field: equal records give equal
 * bytes, by which the grid compares them.
 */
final class RecordFields {
  private static final long NEVER = Long.MIN_VALUE;

  private RecordFields() {}

  static void writeTenant(ObjectDataOutput out, Tenant tenant) throws IOException {
    out.writeString(tenant.id());
    out.writeLong(tenant.created().toEpochMilli());
    out.writeLong(tenant.version());
    out.writeBoolean(tenant.deleted());
  }

  static Tenant readTenant(ObjectDataInput in) throws IOException {
    return new Tenant(
        text(in), Instant.ofEpochMilli(in.readLong()), in.readLong(), in.readBoolean());
  }

  static void writeKey(ObjectDataOutput out, ApiKey key) throws IOException {
    out.writeString(key.id());
    out.writeString(key.grant().tenant());
    out.writeString(key.grant().name());
    out.writeString(key.grant().role().name());
    out.writeInt(key.grant().requestsPerMinute());
    out.writeInt(key.grant().tokensPerMinute());
    out.writeString(key.digest());
    out.writeLong(key.life().created().toEpochMilli());
    writeTime(out, key.life().expires());
    writeTime(out, key.life().lastUsed());
    out.writeLong(key.version());
    out.writeBoolean(key.deleted());
  }

  static ApiKey readKey(ObjectDataInput in) throws IOException {
    return new ApiKey(
        text(in),
        new Grant(text(in), text(in), KeyRole.valueOf(text(in)), in.readInt(), in.readInt()),
        text(in),
        new Life(Instant.ofEpochMilli(in.readLong()), readTime(in), readTime(in)),
        in.readLong(),
        in.readBoolean());
  }

  static void writeText(ObjectDataOutput out, SharedText text) throws IOException {
    out.writeString(text.id());
    out.writeString(text.text());
    out.writeString(text.changedBy());
    out.writeLong(text.changed().toEpochMilli());
    out.writeLong(text.version());
  }

  static SharedText readText(ObjectDataInput in) throws IOException {
    return new SharedText(
        text(in), text(in), text(in), Instant.ofEpochMilli(in.readLong()), in.readLong());
  }

  static void writeAudit(ObjectDataOutput out, AuditRecord kept) throws IOException {
    AuditEvent event = kept.event();
    out.writeString(kept.id());
    out.writeString(kept.node());
    out.writeLong(event.when().toEpochMilli());
    out.writeString(event.who());
    out.writeString(event.what());
    out.writeString(event.target());
    out.writeString(event.address());
    out.writeString(event.outcome().name());
  }

  static AuditRecord readAudit(ObjectDataInput in) throws IOException {
    return new AuditRecord(
        text(in),
        text(in),
        new AuditEvent(
            Instant.ofEpochMilli(in.readLong()),
            text(in),
            text(in),
            text(in),
            text(in),
            Outcome.valueOf(text(in))));
  }

  private static void writeTime(ObjectDataOutput out, @Nullable Instant time) throws IOException {
    out.writeLong(time == null ? NEVER : time.toEpochMilli());
  }

  private static @Nullable Instant readTime(ObjectDataInput in) throws IOException {
    long millis = in.readLong();
    return millis == NEVER ? null : Instant.ofEpochMilli(millis);
  }

  static String text(ObjectDataInput in) throws IOException {
    return Objects.requireNonNull(in.readString());
  }
}
