package dev.kvasir.cache;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What an administrator can change while the cluster runs; one value for all nodes, seen by all
 * within a second. A value that is not allowed is refused when it is made, by a {@link
 * SettingRefusedException}, so that all of them hold together or none comes into force.
 *
 * @param policy who leaves first
 * @param room for blocks
 * @param admission which blocks may come into a full grid
 * @param loading of cached blocks
 * @param lifetime of blocks
 * @param tenants what some may have, by name; those without limits are not in it
 * @param shadows policies that run beside, without data; at most four, each another one
 */
public record CacheSettings(
    TunedPolicy policy,
    Room room,
    AdmissionKind admission,
    Loading loading,
    Lifetime lifetime,
    List<ShadowPolicy> shadows,
    Map<String, TenantLimits> tenants) {
  /** Smallest budget. */
  public static final long MIN_BUDGET_BYTES = 1L << 20;

  /** Longest wait for the grid. */
  public static final int MAX_DEADLINE_MILLIS = 60_000;

  public CacheSettings {
    SettingRefusedException.unless(
        shadows.size() <= ShadowPolicy.MAX_SHADOWS
            && shadows.stream().distinct().count() == shadows.size(),
        "shadows",
        "shadows is %s, but must be at most %d different policies"
            .formatted(shadows, ShadowPolicy.MAX_SHADOWS));
    shadows = List.copyOf(shadows);
    SettingRefusedException.unless(
        tenants.size() <= TenantLimits.MAX_TENANTS,
        "tenant",
        "%d tenants would have limits, but at most %d can; take away those of another one"
            .formatted(tenants.size(), TenantLimits.MAX_TENANTS));
    tenants = Collections.unmodifiableSortedMap(new TreeMap<>(tenants));
  }

  /** Without limits of tenants. */
  public CacheSettings(
      TunedPolicy policy,
      Room room,
      AdmissionKind admission,
      Loading loading,
      Lifetime lifetime,
      List<ShadowPolicy> shadows) {
    this(policy, room, admission, loading, lifetime, shadows, Map.of());
  }

  /** With everything else as servers have it unless they are told otherwise. */
  public CacheSettings(EvictionKind eviction, long budgetBytes, LoadRule load, int deadlineMillis) {
    this(
        TunedPolicy.of(eviction),
        Room.of(budgetBytes),
        AdmissionKind.ALWAYS,
        new Loading(load, deadlineMillis),
        Lifetime.UNBOUNDED,
        List.of());
  }

  /**
   * How much each member holds.
   *
   * @param budgetBytes of K/V that each member holds at most, owned and backup together
   * @param startPercent of the budget, where eviction starts, 1 to 100
   * @param stopPercent and where it stops, 1 to {@code startPercent}
   */
  public record Room(long budgetBytes, int startPercent, int stopPercent) {
    /** Where eviction starts unless it is told otherwise. */
    public static final int START_PERCENT = 90;

    /** And where it stops. */
    public static final int STOP_PERCENT = 85;

    public Room {
      SettingRefusedException.unless(
          budgetBytes >= MIN_BUDGET_BYTES,
          "budget_bytes",
          "budget_bytes is %d, but must be at least %d (1 MiB)"
              .formatted(budgetBytes, MIN_BUDGET_BYTES));
      SettingRefusedException.unlessWithin(startPercent, 1, 100, "evict_start_percent");
      SettingRefusedException.unless(
          stopPercent >= 1 && stopPercent <= startPercent,
          "evict_stop_percent",
          "evict_stop_percent is %d, but must be from 1 to evict_start_percent, which is %d"
              .formatted(stopPercent, startPercent));
    }

    /** With the usual watermarks. */
    public static Room of(long budgetBytes) {
      return new Room(budgetBytes, START_PERCENT, STOP_PERCENT);
    }
  }

  /**
   * How cached blocks are loaded.
   *
   * @param rule whether they are
   * @param deadlineMillis longest wait for the grid, 1 to 60,000
   */
  public record Loading(LoadRule rule, int deadlineMillis) {
    public Loading {
      SettingRefusedException.unlessWithin(deadlineMillis, 1, MAX_DEADLINE_MILLIS, "deadline_ms");
    }
  }

  /** Who leaves first. */
  public EvictionKind eviction() {
    return policy.kind();
  }

  /** Of K/V that each member holds at most, owned and backup together. */
  public long budgetBytes() {
    return room.budgetBytes();
  }

  /** Whether cached blocks are loaded. */
  public LoadRule load() {
    return loading.rule();
  }

  /** Longest wait for the grid. */
  public int deadlineMillis() {
    return loading.deadlineMillis();
  }

  /** What a tenant may have. */
  public TenantLimits limitsOf(String tenant) {
    return tenants.getOrDefault(tenant, TenantLimits.NONE);
  }

  /** How long a tenant's blocks stay at most. */
  public Lifetime lifetimeOf(String tenant) {
    Lifetime own = limitsOf(tenant).lifetime();
    return own == null ? lifetime : own;
  }

  /** These settings with other limits of a tenant. */
  public CacheSettings withLimits(String tenant, TenantLimits limits) {
    Map<String, TenantLimits> changed = new TreeMap<>(tenants);
    changed.put(tenant, limits);
    changed.values().remove(TenantLimits.NONE);
    return withTenants(changed);
  }

  /** These settings with the limits of other ones. */
  public CacheSettings withTenants(Map<String, TenantLimits> limits) {
    return new CacheSettings(policy, room, admission, loading, lifetime, shadows, limits);
  }

  /** All settings by name, as the API spells names and values, in its order; a copy. */
  public Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("eviction", eviction().label());
    policy.parameters().forEach((name, value) -> fields.put("parameters." + name, "" + value));
    fields.put("budget_bytes", "" + budgetBytes());
    fields.put("evict_start_percent", "" + room.startPercent());
    fields.put("evict_stop_percent", "" + room.stopPercent());
    fields.put("admission", admission.name().toLowerCase(Locale.ROOT));
    fields.put("load", load().name().toLowerCase(Locale.ROOT));
    fields.put("deadline_ms", "" + deadlineMillis());
    fields.put("ttl_seconds", "" + lifetime.ttlSeconds());
    fields.put("idle_seconds", "" + lifetime.idleSeconds());
    fields.put(
        "shadows", shadows.stream().map(ShadowPolicy::toString).collect(Collectors.joining(",")));
    tenants.forEach(
        (tenant, limits) -> {
          fields.put("tenants." + tenant + ".quota_bytes", "" + limits.quotaBytes());
          Lifetime own = limits.lifetime();
          if (own != null) {
            fields.put("tenants." + tenant + ".ttl_seconds", "" + own.ttlSeconds());
            fields.put("tenants." + tenant + ".idle_seconds", "" + own.idleSeconds());
          }
        });
    return fields;
  }
}
