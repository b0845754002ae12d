package dev.kvasir.console.tenants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.tenants.SeenGroup;
import dev.kvasir.cache.tenants.SharingGroup;
import dev.kvasir.console.TestingActs;
import dev.kvasir.console.TestingAdministrator;
import dev.kvasir.console.TestingDirectory;
import dev.kvasir.console.TestingNotices;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class GroupsTest {
  private final TestingGroups groups = new TestingGroups();
  private final TestingDirectory directory = new TestingDirectory();
  private final TestingNotices notices = new TestingNotices();
  private final TestingActs acts = new TestingActs();
  private final Groups page = new Groups();

  @SuppressWarnings("UnnecessaryAssignment") // no container injects here
  GroupsTest() {
    page.groups = groups;
    page.directory = directory;
    page.notices = notices;
    page.acts = acts;
    page.administrator = new TestingAdministrator();
    directory.create("acme");
    page.load();
  }

  private GroupView shown() {
    return Objects.requireNonNull(page.getShown());
  }

  private void invite(String tenant) {
    page.setInvited(tenant);
    page.invite();
  }

  private void consent(String tenant) {
    page.setConsenting(tenant);
    page.setGivenBy("its owner");
    page.consent();
  }

  private List<String> states() {
    return shown().group().members().stream().map(shown()::state).toList();
  }

  private void create() {
    page.setNewId(" g ");
    page.create();
  }

  @Test
  void load_noGroup_nothingShown() {
    assertEquals(List.of(), page.getList());
    assertNull(page.getShown());
    page.delete();
    assertEquals(List.of(), acts.noted);
  }

  @Test
  void create_withoutName_shownByItsId() {
    create();
    assertEquals("g", shown().group().name());
    assertEquals(List.of("default", "acme"), shown().strangers());
    assertEquals(List.of("create group g DONE"), acts.noted);
  }

  @Test
  void consents_oneAfterTheOther_statesTellWhoIsAwaited() {
    create();
    invite("acme");
    invite("default");
    assertEquals(List.of(), shown().strangers());
    assertEquals(List.of("AWAITED", "AWAITED"), states());
    consent("acme");
    assertEquals(List.of("WAITS", "AWAITED"), states());
    consent("default");
    assertEquals(List.of("SHARES", "SHARES"), states());
    directory.create("third");
    invite("third");
    assertEquals(List.of("PARTLY", "PARTLY", "AWAITED"), states());
    assertEquals("eve", shown().group().members().get(2).invitation().by());
    assertTrue(acts.noted.contains("consent group g acme, given by its owner DONE"));
    assertEquals("", page.getGivenBy());
  }

  @Test
  void leave_member_saysWhatLeft() {
    create();
    invite("acme");
    page.leave("acme");
    assertEquals(List.of(), shown().group().members());
    assertTrue(
        notices.told.get(2).endsWith("3 blocks have left the grid."), notices.told::toString);
  }

  @Test
  void change_otherWasFaster_toldAndShownAnew() {
    create();
    groups.invite(SeenGroup.any("g"), "acme", "bob");
    invite("default");
    assertEquals(
        List.of("acme"),
        shown().group().members().stream().map(member -> member.tenant()).toList());
    assertTrue(notices.told.get(1).startsWith("WARN 1: Nothing was done"));
    assertTrue(acts.noted.contains("invite group g default FAILED"));
  }

  @Test
  void delete_group_nextOneShown() {
    create();
    page.setNewId("h");
    page.create();
    page.delete();
    assertEquals(List.of("g"), page.getList().stream().map(SharingGroup::id).toList());
    assertEquals("g", shown().group().id());
    page.choose("g");
    page.delete();
    assertNull(page.getShown());
  }

  @Test
  void consent_blank_toldWhy() {
    create();
    invite("acme");
    page.setConsenting("acme");
    page.consent();
    assertTrue(
        notices.told.get(2).startsWith("ERROR 2: Given_by must have 1 to 128 characters"),
        notices.told::toString);
  }
}
