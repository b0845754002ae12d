package dev.kvasir.console.tenants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.tenants.Grant;
import dev.kvasir.cache.tenants.KeyRole;
import dev.kvasir.cache.tenants.Tenant;
import dev.kvasir.console.TestingActs;
import dev.kvasir.console.TestingDirectory;
import dev.kvasir.console.TestingNotices;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class TenantsTest {
  private final TestingDirectory directory = new TestingDirectory();
  private final TestingNotices notices = new TestingNotices();
  private final TestingActs acts = new TestingActs();
  private final Tenants page = new Tenants();

  @SuppressWarnings("UnnecessaryAssignment") // no container injects here
  TenantsTest() {
    page.directory = directory;
    page.notices = notices;
    page.acts = acts;
    page.load();
  }

  @Test
  void create_id_listedAndChosen() {
    page.setNewTenant(" acme ");
    page.create();
    assertEquals(List.of("default", "acme"), page.getList().stream().map(Tenant::id).toList());
    assertEquals("acme", page.getChosen());
    assertEquals(List.of("create tenant acme DONE"), acts.noted);
  }

  @Test
  void create_refused_toldWhyAndNoted() {
    page.setNewTenant("default");
    page.create();
    assertEquals(
        List.of("ERROR 2: There is a tenant default already; choose another id."), notices.told);
    assertEquals(List.of("create tenant default FAILED"), acts.noted);
  }

  @Test
  void createKey_shownOnceAndNotNoted() {
    page.setKeyName("app");
    page.setKeyRole(KeyRole.OPERATOR);
    page.setKeyExpires(LocalDate.of(2999, 1, 31));
    page.setKeyRequests(60);
    page.setKeyTokens(9_000);
    page.createKey();
    assertEquals(TestingDirectory.KEY, page.getShownOnce());
    assertEquals(
        new Grant("default", "app", KeyRole.OPERATOR, 60, 9_000), page.getKeys().get(0).grant());
    assertEquals(Instant.parse("2999-01-31T00:00:00Z"), page.getKeys().get(0).life().expires());
    assertFalse(acts.noted.toString().contains(TestingDirectory.KEY));
    page.choose("default");
    assertEquals("", page.getShownOnce());
  }

  @Test
  void deleteKey_gone() {
    page.setKeyName("app");
    page.createKey();
    page.deleteKey(page.getKeys().get(0).id());
    assertEquals(List.of(), page.getKeys());
    assertEquals("", page.getShownOnce());
  }

  @Test
  void delete_unconfirmed_nothingDone() {
    page.setNewTenant("acme");
    page.create();
    page.setConfirmation("acm");
    page.delete();
    assertEquals(2, page.getList().size());
    assertTrue(
        notices.told.get(1).startsWith("WARN 1: Nothing was deleted"), notices.told::toString);
  }

  @Test
  void delete_confirmed_saysWhatLeft() {
    page.setNewTenant("acme");
    page.create();
    page.setConfirmation("acme");
    page.delete();
    assertEquals(1, page.getList().size());
    assertEquals("default", page.getChosen());
    assertFalse(page.isDeletable());
    assertTrue(
        notices
            .told
            .get(1)
            .endsWith("3 of the grid, 2 of near caches, 4 of disks, 1 of engine pools."),
        notices.told::toString);
  }

  @Test
  void load_noGrid_told() {
    directory.fails = true;
    page.load();
    assertTrue(notices.told.get(0).startsWith("ERROR 2: It was not done."), notices.told::toString);
  }
}
