package dev.kvasir.console.tenants;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.cache.TenantLimits;
import dev.kvasir.console.TestingActs;
import dev.kvasir.console.TestingAdministrator;
import dev.kvasir.console.TestingCacheAdmin;
import dev.kvasir.console.TestingDirectory;
import dev.kvasir.console.TestingNotices;
import dev.kvasir.console.TestingSnapshots;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuotaTest {
  private final TestingCacheAdmin cache = new TestingCacheAdmin();
  private final TestingNotices notices = new TestingNotices();
  private final TestingActs acts = new TestingActs();
  private final Tenants tenants = new Tenants();
  private final Quota page = new Quota();

  @SuppressWarnings("UnnecessaryAssignment") // no container injects here
  QuotaTest() {
    TestingDirectory directory = new TestingDirectory();
    directory.create("acme");
    tenants.directory = directory;
    tenants.notices = notices;
    tenants.acts = acts;
    tenants.load();
    page.cache = cache;
    page.snapshots = new TestingSnapshots(cache);
    page.tenants = tenants;
    page.notices = notices;
    page.acts = acts;
    page.administrator = new TestingAdministrator();
  }

  @Test
  void save_chosenTenant_inForceForItAlone() {
    assertEquals(0, page.getMib());
    tenants.choose("acme");
    assertEquals(0, page.getMib());
    page.setMib(64);
    page.save();
    assertEquals(new TenantLimits(64L << 20, null), cache.settings().settings().limitsOf("acme"));
    assertEquals(TenantLimits.NONE, cache.settings().settings().limitsOf("default"));
    assertEquals(List.of("set quota tenant acme DONE"), acts.noted);
    tenants.choose("default");
    assertEquals(0, page.getMib());
    tenants.choose("acme");
    assertEquals(64, page.getMib());
    assertEquals(0, page.getUsedBytes());
  }

  @Test
  void save_anotherChangedSettings_nothingDoneAndShownAnew() {
    assertEquals(0, page.getMib());
    page.setMib(64);
    cache.change(
        "bob",
        cache.settings().tag(),
        cache.settings().settings().withLimits("default", new TenantLimits(7L << 20, null)));
    page.save();
    assertEquals(7, page.getMib());
    assertEquals(new TenantLimits(7L << 20, null), cache.settings().settings().limitsOf("default"));
    assertEquals("WARN 1: ", notices.told.get(0).substring(0, 8));
  }

  @Test
  void save_refusedOrFailing_said() {
    assertEquals(0, page.getMib());
    page.setMib(-1);
    page.save();
    assertEquals(
        "ERROR 2: Quota_bytes is -1048576, but must be at least 0 (none).", notices.told.get(0));
    page.setMib(1);
    cache.fail(new IllegalStateException("the grid is gone"));
    page.save();
    assertEquals(
        List.of("set quota tenant default FAILED", "set quota tenant default FAILED"), acts.noted);
  }
}
