package dev.kvasir.cache.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.AdmissionKind;
import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.Lifetime;
import dev.kvasir.cache.LoadRule;
import dev.kvasir.cache.SettingsVersion.Change;
import dev.kvasir.cache.ShadowPolicy;
import dev.kvasir.cache.TenantLimits;
import dev.kvasir.cache.TunedPolicy;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsTextTest {
  private static final Change FIRST = new Change("configuration of node a", Instant.EPOCH, 0);

  private static SettingsLedger ledger(CacheSettings settings) {
    return SettingsLedger.begin(FIRST, TestingGrid.SETTINGS)
        .with(new Change("büro & söhne\n=", Instant.ofEpochMilli(1_234_567), 1), settings);
  }

  private static SettingsLedger reread(SettingsLedger ledger) {
    return SettingsText.read(SettingsText.write(ledger), TestingGrid.SETTINGS);
  }

  @ParameterizedTest
  @EnumSource(EvictionKind.class)
  void write_anyPolicyAndEverythingSet_readsBackTheSame(EvictionKind kind) {
    SettingsLedger ledger =
        ledger(
            new CacheSettings(
                TunedPolicy.of(kind),
                new CacheSettings.Room(1L << 40, 77, 66),
                AdmissionKind.SECOND_TOUCH,
                new CacheSettings.Loading(LoadRule.NEVER, 59_999),
                new Lifetime(7, 8),
                ShadowPolicy.parseAll("sieve@2.0,w_tinylfu:window_percent=5@0.5"),
                Map.of(
                    "a.quota_bytes=&\n", new TenantLimits(5, null),
                    "b.c", new TenantLimits(0, new Lifetime(1, 2)))));
    assertEquals(ledger, reread(ledger));
  }

  @Test
  void read_textOfAnOlderVersion_whatItLacksAsConfigured() {
    String text =
        SettingsText.write(ledger(TestingGrid.SETTINGS)).replaceAll("&deadline_ms=\\d+", "");
    CacheSettings configured = new CacheSettings(EvictionKind.COST, 1L << 30, LoadRule.AUTO, 321);
    CacheSettings read = SettingsText.read(text, configured).settings();
    assertEquals(321, read.deadlineMillis());
    assertEquals(EvictionKind.LRU, read.eviction());
  }

  @Test
  void write_longHistory_theLastVersionsOnly() {
    Map<String, TenantLimits> limits = new TreeMap<>();
    for (int i = 0; i < TenantLimits.MAX_TENANTS; i++) {
      limits.put("tenant-" + "x".repeat(100) + i, new TenantLimits(i, new Lifetime(1, 1)));
    }
    SettingsLedger ledger = ledger(TestingGrid.SETTINGS.withTenants(limits));
    for (int i = 0; i < 20; i++) {
      ledger = ledger.with(FIRST, TestingGrid.SETTINGS.withTenants(limits));
    }
    String text = SettingsText.write(ledger);
    assertTrue(text.length() <= 500_020, "it has " + text.length());
    SettingsLedger read = SettingsText.read(text, TestingGrid.SETTINGS);
    assertEquals(ledger.last(), read.last());
    assertTrue(read.entries().size() > 1 && read.entries().size() < 22);
    assertEquals(text, SettingsText.write(read));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "12",
        "12\n",
        "12\nnothing",
        "xyz\nversion.number=1&version.at=0&version.revert_of=0",
        "12\nversion.number=1&version.at=0&version.revert_of=0&eviction=none",
        "12\nversion.number=1&version.at=0&version.revert_of=0&deadline_ms=0",
        "12\nversion.number=1&version.at=0&version.revert_of=0&eviction=%zz"
      })
  void read_anythingElse_refused(String text) {
    assertThrows(
        IllegalArgumentException.class, () -> SettingsText.read(text, TestingGrid.SETTINGS));
  }
}
