package dev.kvasir.console.alerts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.console.TestingActs;
import dev.kvasir.console.TestingAdministrator;
import dev.kvasir.console.TestingNotices;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RuleFormTest {
  private final TestingAlerts alerts = new TestingAlerts();
  private final TestingNotices notices = new TestingNotices();
  private final TestingActs acts = new TestingActs();
  private final RuleForm page = new RuleForm();

  @SuppressWarnings("UnnecessaryAssignment") // no container injects here
  RuleFormTest() {
    page.alerts = alerts;
    page.notices = notices;
    page.acts = acts;
    page.administrator = new TestingAdministrator();
    page.load();
  }

  @Test
  void save_ruleOfTheNodesChanged_setAndListed() {
    assertEquals("", page.getAuthor());
    page.choose(TestingAlerts.RULES.get(5));
    assertEquals("mine", page.getName());
    assertEquals("kvasir_members over 300 below 2 for 0 warning", page.getCondition());
    page.setCondition(" kvasir_members below 3 ");
    page.save();
    assertEquals(List.of(Map.entry("mine", "kvasir_members below 3")), page.getList());
    assertEquals("Last set by eve.", page.getAuthor());
    assertEquals("", page.getName());
    assertEquals(List.of("INFO 0: Rule mine is set on all nodes."), notices.told);
    assertEquals(List.of("set alert rule mine DONE"), acts.noted);
  }

  @Test
  void switchOff_thenDelete_gone() {
    page.setName(" mine ");
    page.switchOff();
    assertEquals(List.of(Map.entry("mine", "off")), page.getList());
    page.chooseSet("mine");
    assertEquals("off", page.getCondition());
    page.delete("mine");
    assertEquals(List.of(), page.getList());
    assertEquals(List.of("set alert rule mine DONE", "delete alert rule mine DONE"), acts.noted);
  }

  @Test
  void save_anotherWasFaster_shownAndNothingDone() {
    page.setName("mine");
    page.setCondition("kvasir_members below 3");
    alerts.write(tag -> true, "theirs: off", "bob");
    page.save();
    assertEquals(List.of(Map.entry("theirs", "off")), page.getList());
    assertEquals("mine", page.getName());
    assertEquals("Last set by bob.", page.getAuthor());
    assertEquals(List.of("set alert rule mine FAILED"), acts.noted);
  }

  @Test
  void save_refused_saysWhy() {
    page.save();
    assertEquals(List.of("ERROR 2: The rule has no name."), notices.told);
  }
}
