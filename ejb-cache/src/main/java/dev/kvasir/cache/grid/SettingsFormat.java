package dev.kvasir.cache.grid;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import dev.kvasir.cache.AdmissionKind;
import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.Lifetime;
import dev.kvasir.cache.LoadRule;
import dev.kvasir.cache.SettingsVersion;
import dev.kvasir.cache.ShadowPolicy;
import dev.kvasir.cache.TenantLimits;
import dev.kvasir.cache.TunedPolicy;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How settings travel between members. */
final class SettingsFormat {
  private SettingsFormat() {}

  static SettingsLedger readLedger(ObjectDataInput in) throws IOException {
    long id = in.readLong();
    List<SettingsLedger.Entry> entries = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      entries.add(new SettingsLedger.Entry(in.readLong(), readChange(in), readSettings(in)));
    }
    return new SettingsLedger(id, entries);
  }

  static void writeLedger(ObjectDataOutput out, SettingsLedger ledger) throws IOException {
    out.writeLong(ledger.id());
    out.writeInt(ledger.entries().size());
    for (SettingsLedger.Entry entry : ledger.entries()) {
      out.writeLong(entry.number());
      out.writeString(entry.change().who());
      out.writeLong(entry.change().at().toEpochMilli());
      out.writeLong(entry.change().revertOf());
      writeSettings(out, entry.settings());
    }
  }

  private static SettingsVersion.Change readChange(ObjectDataInput in) throws IOException {
    return new SettingsVersion.Change(text(in), Instant.ofEpochMilli(in.readLong()), in.readLong());
  }

  private static CacheSettings readSettings(ObjectDataInput in) throws IOException {
    return new CacheSettings(
        readPolicy(in),
        new CacheSettings.Room(in.readLong(), in.readInt(), in.readInt()),
        AdmissionKind.valueOf(text(in)),
        new CacheSettings.Loading(LoadRule.valueOf(text(in)), in.readInt()),
        new Lifetime(in.readInt(), in.readInt()),
        ShadowPolicy.parseAll(text(in)),
        readTenants(in));
  }

  private static void writeSettings(ObjectDataOutput out, CacheSettings settings)
      throws IOException {
    writePolicy(out, settings.policy());
    out.writeLong(settings.room().budgetBytes());
    out.writeInt(settings.room().startPercent());
    out.writeInt(settings.room().stopPercent());
    out.writeString(settings.admission().name());
    out.writeString(settings.load().name());
    out.writeInt(settings.deadlineMillis());
    out.writeInt(settings.lifetime().ttlSeconds());
    out.writeInt(settings.lifetime().idleSeconds());
    out.writeString(
        settings.shadows().stream().map(ShadowPolicy::toString).collect(Collectors.joining(",")));
    writeTenants(out, settings.tenants());
  }

  private static Map<String, TenantLimits> readTenants(ObjectDataInput in) throws IOException {
    Map<String, TenantLimits> tenants = new TreeMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      tenants.put(
          text(in),
          new TenantLimits(
              in.readLong(), in.readBoolean() ? new Lifetime(in.readInt(), in.readInt()) : null));
    }
    return tenants;
  }

  private static void writeTenants(ObjectDataOutput out, Map<String, TenantLimits> tenants)
      throws IOException {
    out.writeInt(tenants.size());
    for (Map.Entry<String, TenantLimits> tenant : tenants.entrySet()) {
      out.writeString(tenant.getKey());
      out.writeLong(tenant.getValue().quotaBytes());
      Lifetime lifetime = tenant.getValue().lifetime();
      out.writeBoolean(lifetime != null);
      if (lifetime != null) {
        out.writeInt(lifetime.ttlSeconds());
        out.writeInt(lifetime.idleSeconds());
      }
    }
  }

  private static TunedPolicy readPolicy(ObjectDataInput in) throws IOException {
    EvictionKind kind = EvictionKind.valueOf(text(in));
    Map<String, Integer> parameters = new TreeMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      parameters.put(text(in), in.readInt());
    }
    return new TunedPolicy(kind, parameters);
  }

  private static void writePolicy(ObjectDataOutput out, TunedPolicy policy) throws IOException {
    out.writeString(policy.kind().name());
    out.writeInt(policy.parameters().size());
    for (Map.Entry<String, Integer> parameter : policy.parameters().entrySet()) {
      out.writeString(parameter.getKey());
      out.writeInt(parameter.getValue());
    }
  }

  private static String text(ObjectDataInput in) throws IOException {
    return Objects.requireNonNull(in.readString());
  }
}
