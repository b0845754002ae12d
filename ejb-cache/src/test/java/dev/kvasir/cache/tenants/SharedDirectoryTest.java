package dev.kvasir.cache.tenants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.tenants.TenantRefusedException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two nodes' directories over one grid, each with a disk of its own. */
class SharedDirectoryTest {
  private static final String SECRET = "secret of the tests";

  private Instant now = Instant.parse("2026-01-02T12:34:56Z");
  private final TestingStore diskA = new TestingStore();
  private final TestingStore diskB = new TestingStore();
  private TestingRecords grid = new TestingRecords();
  private SharedDirectory a = node(diskA);
  private SharedDirectory b = node(diskB);

  @BeforeEach
  void start() {
    a.start();
    b.start();
  }

  @Test
  void key_madeOnOneNode_openOnAllAndOnNoDisk() {
    a.create("acme");
    NewKey made = a.createKey(app("acme"), null);

    assertEquals("acme", b.authenticate(made.text()).orElseThrow().grant().tenant());
    assertTrue(made.text().startsWith("sk-kvasir-" + made.key().id() + "-"));
    for (TestingStore disk : List.of(diskA, diskB)) {
      assertEquals(2, disk.kept.size());
      assertFalse(disk.kept.toString().contains(made.text().substring(25)));
    }
    assertFalse(made.toString().contains(made.text()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sk-kvasir-", "sk-other", "sk-kvasir-000000000000-short", "Bearer x"})
  void authenticate_noKeyOfOurs_nobodys(String text) {
    assertTrue(a.authenticate(text).isEmpty());
  }

  @Test
  void authenticate_otherSecretOrOtherCluster_nobodys() {
    NewKey made = a.createKey(app("default"), null);
    String text = made.text();
    String lastChanged = text.substring(0, text.length() - 1) + (text.endsWith("A") ? "B" : "A");
    SharedDirectory stranger =
        new SharedDirectory(grid, new TestingStore(), "another secret", site());
    stranger.start();

    assertTrue(a.authenticate(text).isPresent());
    assertTrue(a.authenticate(lastChanged).isEmpty());
    assertTrue(stranger.authenticate(text).isEmpty());
  }

  @Test
  void authenticate_expired_nobodysFromThatMomentOn() {
    NewKey made = a.createKey(app("default"), now.plusSeconds(60));
    now = now.plusSeconds(59);
    assertTrue(b.authenticate(made.text()).isPresent());
    now = now.plusSeconds(1);
    assertTrue(b.authenticate(made.text()).isEmpty());
  }

  @Test
  void createKey_badGrant_refusedWithField() {
    assertEquals("expires", refusal(() -> a.createKey(app("default"), now)).field());
    assertEquals("name", refusal(() -> grant("default", "a\nb")).field());
    assertEquals(Reason.UNKNOWN, refusal(() -> a.createKey(app("nobody"), null)).reason());
  }

  @Test
  void deleteKey_onOneNode_nobodysOnAllAndNeverAgain() {
    NewKey made = a.createKey(app("default"), null);
    b.deleteKey("default", made.key().id());

    assertTrue(a.authenticate(made.text()).isEmpty());
    assertEquals(List.of(), a.keys("default"));
    assertEquals(Reason.UNKNOWN, refusal(() -> a.deleteKey("default", made.key().id())).reason());
  }

  @Test
  void deleteKey_ofAnotherTenant_refused() {
    a.create("acme");
    NewKey made = a.createKey(app("acme"), null);
    assertEquals(Reason.UNKNOWN, refusal(() -> a.deleteKey("default", made.key().id())).reason());
    assertTrue(a.authenticate(made.text()).isPresent());
  }

  @Test
  void delete_tenant_takesKeysAndBlocksAndTheId() {
    a.create("acme");
    NewKey one = a.createKey(app("acme"), null);
    NewKey two = a.createKey(app("acme"), null);

    Removal removal = b.delete("acme");

    assertEquals(new Removal(2, new Removal.Dropped(3, 2, 1, 4)), removal);
    assertTrue(a.authenticate(one.text()).isEmpty());
    assertTrue(a.authenticate(two.text()).isEmpty());
    assertEquals(List.of("acme"), grid.dropped);
    assertEquals(Reason.CONFLICT, refusal(() -> a.create("acme")).reason());
    assertEquals(Reason.UNKNOWN, refusal(() -> a.delete("acme")).reason());
    assertEquals(Reason.CONFLICT, refusal(() -> a.delete("default")).reason());
    a.upkeep();
    assertEquals(List.of(), grid.swept, "another node may still be counting them");
    a.upkeep();
    assertEquals(List.of("acme"), grid.swept);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Acme", "a/b", "-a", "a b", "é", "../x"})
  void create_badId_refusedWithRule(String id) {
    assertEquals("id", refusal(() -> a.create(id)).field());
  }

  @Test
  void tenants_always_defaultAmongThem() {
    a.create("zeta");
    a.create("acme");
    assertEquals(List.of("acme", "default", "zeta"), b.tenants().stream().map(Tenant::id).toList());
  }

  @Test
  void restartOfAll_gridLost_everythingComesBackFromDisk() {
    a.create("acme");
    NewKey made = a.createKey(app("acme"), null);
    grid = new TestingRecords();
    SharedDirectory again = node(diskB);
    again.start();

    assertTrue(again.authenticate(made.text()).isPresent());
    assertEquals(2, grid.records.size());
  }

  @Test
  void restart_withOldDisk_highestVersionWins() {
    NewKey made = a.createKey(app("default"), null);
    TestingStore old = new TestingStore();
    old.kept.putAll(diskA.kept);
    a.deleteKey("default", made.key().id());
    SharedDirectory late = node(old);
    late.start();

    assertTrue(late.authenticate(made.text()).isEmpty());
    assertEquals(
        List.of(Registered.deletionOf(1)),
        old.kept.values().stream().map(Registered::version).toList());
  }

  @Test
  void upkeep_lostEventsAndFullDisk_mended() {
    grid.losesEvents = true;
    NewKey made = a.createKey(app("default"), null);
    assertTrue(b.authenticate(made.text()).isEmpty());
    diskB.full = true;
    b.upkeep();
    assertTrue(b.authenticate(made.text()).isPresent());
    assertEquals(0, diskB.kept.size());
    diskB.full = false;
    b.upkeep();
    assertEquals(1, diskB.kept.size());
  }

  @Test
  void createKey_fullDisk_toldAndNotAnswered() {
    diskA.full = true;
    assertThrows(IllegalStateException.class, () -> a.createKey(app("default"), null));
  }

  @Test
  void createKey_anotherNodeOfTheDatabaseWasFaster_savedAllTheSame() {
    diskA.failsOnce = true;
    NewKey made = a.createKey(app("default"), null);
    assertTrue(diskA.kept.containsKey("key:" + made.key().id()));
  }

  @Test
  void createKey_itsOwnEventComesMeanwhile_savedOneAfterTheOther() {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      TestingStore disk = new TestingStore();
      SharedDirectory.Site site = new SharedDirectory.Site(() -> now, threads);
      SharedDirectory busy = new SharedDirectory(grid, disk, SECRET, site);
      busy.start();
      for (int key = 0; key < 300; key++) {
        NewKey made = busy.createKey(app("default"), null);
        assertTrue(disk.kept.containsKey("key:" + made.key().id()));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void lastUsed_usedOften_oneChangeAnHour() {
    NewKey made = a.createKey(app("default"), null);
    assertNull(a.keys("default").get(0).life().lastUsed());
    for (int use = 0; use < 5; use++) {
      assertTrue(a.authenticate(made.text()).isPresent());
      a.upkeep();
    }
    ApiKey used = b.keys("default").get(0);
    assertEquals(Instant.parse("2026-01-02T12:00:00Z"), used.life().lastUsed());
    assertEquals(2, used.version());
    now = now.plus(Duration.ofHours(1));
    assertTrue(b.authenticate(made.text()).isPresent());
    b.upkeep();
    assertEquals(3, a.keys("default").get(0).version());
  }

  @Test
  void lastUsed_deletedMeanwhile_staysDeleted() {
    NewKey made = a.createKey(app("default"), null);
    assertTrue(a.authenticate(made.text()).isPresent());
    grid.losesEvents = true;
    b.deleteKey("default", made.key().id());
    a.upkeep();
    assertTrue(a.authenticate(made.text()).isEmpty());
  }

  @Test
  void merge_keyUsedInTheOtherHalfAfterItWasDeletedInThis_staysDeleted() {
    NewKey made = a.createKey(app("default"), null);
    grid.losesEvents = true;
    a.deleteKey("default", made.key().id());
    ApiKey used = made.key();
    for (int hour = 0; hour < 5; hour++) {
      used = used.asUsed(now.plus(Duration.ofHours(hour)));
    }
    grid.records.put(used.registryKey(), used); // of two halves, the larger one's stays

    a.upkeep();
    b.upkeep();
    a.upkeep();

    for (SharedDirectory node : List.of(a, b)) {
      assertTrue(node.authenticate(made.text()).isEmpty());
    }
  }

  @Test
  void keys_two_haveNothingInCommon() {
    NewKey one = a.createKey(app("default"), null);
    NewKey two = a.createKey(app("default"), null);
    assertNotEquals(one.text(), two.text());
    assertNotEquals(one.key().digest(), two.key().digest());
  }

  private SharedDirectory node(TestingStore disk) {
    return new SharedDirectory(grid, disk, SECRET, site());
  }

  private SharedDirectory.Site site() {
    return new SharedDirectory.Site(() -> now, Runnable::run);
  }

  private static Grant app(String tenant) {
    return grant(tenant, "app");
  }

  private static Grant grant(String tenant, String name) {
    return new Grant(tenant, name, KeyRole.APP, 0, 0);
  }

  private static TenantRefusedException refusal(org.junit.jupiter.api.function.Executable act) {
    return assertThrows(TenantRefusedException.class, act);
  }
}
