package dev.kvasir.cache.tenants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.alerts.AlertRule;
import dev.kvasir.cache.alerts.NodeRules;
import dev.kvasir.cache.tenants.TenantRefusedException.Reason;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Alert rules that administrators set, on two nodes over one grid, each with a disk. */
class SharedTextsTest {
  private static final String READY = "kvasir_ready below 1 for 30 critical";
  private static final String READY_WHOLE = "kvasir_ready over 300 below 1 for 30 critical";

  private TestingRecords grid = new TestingRecords();
  private final TestingStore diskA = new TestingStore();
  private final TestingStore diskB = new TestingStore();
  private NodeRules a = node(diskA, "own: kvasir_ready above 2");
  private NodeRules b = node(diskB, "");

  private NodeRules node(TestingStore disk, String own) {
    SharedDirectory directory =
        new SharedDirectory(
            grid, disk, "secret", new SharedDirectory.Site(() -> Instant.EPOCH, Runnable::run));
    directory.start();
    return new NodeRules(own, name -> name.startsWith("kvasir_"), directory.texts());
  }

  @BeforeEach
  void noneSet() {
    assertEquals(6, a.inForce().size());
    assertEquals(5, b.inForce().size());
    assertEquals(0, a.shared().version());
  }

  private static List<String> conditions(NodeRules node, String name) {
    return node.inForce().stream()
        .filter(rule -> rule.name().equals(name))
        .map(AlertRule::condition)
        .toList();
  }

  private SharedText set(NodeRules node, String name, String condition) {
    return node.set(tag -> true, name, condition, "ada");
  }

  @Test
  void set_onOneNode_inForceOnBothUntilReset() {
    SharedText made = set(a, "mine", READY);
    assertEquals(List.of(READY_WHOLE), conditions(b, "mine"));
    assertEquals(made, b.shared());
    assertEquals("ada", made.changedBy());

    set(b, "mine", "kvasir_ready above 7");
    assertEquals(List.of("kvasir_ready over 300 above 7 for 0 warning"), conditions(a, "mine"));

    assertEquals("", b.reset(tag -> true, "mine", "bob").text());
    assertEquals(List.of(), conditions(a, "mine"));
    set(a, "mine", READY);
    assertEquals(List.of(READY_WHOLE), conditions(b, "mine"));
  }

  @Test
  void set_ruleOfTheNodes_replacedOrOffAndItsOwnAgain() {
    set(b, "own", "kvasir_ready above 3");
    set(b, "member_lost", "off");
    assertEquals(List.of("kvasir_ready over 300 above 3 for 0 warning"), conditions(a, "own"));
    assertEquals(List.of(), conditions(a, "member_lost"));

    SharedText unused = a.reset(tag -> true, "own", "ada");
    SharedText left = a.reset(tag -> true, "member_lost", "ada");
    assertEquals("", left.text());
    assertEquals(List.of("kvasir_ready over 300 above 2 for 0 warning"), conditions(a, "own"));
    assertEquals(List.of(), conditions(b, "own"));
    assertEquals(1, conditions(b, "member_lost").size());
  }

  @Test
  void set_stateThatWasChangedMeanwhile_refusedWithTheTagOfNow() {
    String seen = a.shared().tag();
    SharedText first = a.set(seen::equals, "mine", READY, "ada");
    StaleTextException stale =
        assertThrows(StaleTextException.class, () -> b.set(seen::equals, "mine", "off", "bob"));
    assertEquals(first.tag(), stale.tag());
    assertThrows(StaleTextException.class, () -> b.reset(seen::equals, "mine", "bob"));
    assertEquals(List.of(READY_WHOLE), conditions(b, "mine"));
  }

  @Test
  void start_allNodesWereGone_highestVersionOfTheirDisksHolds() {
    set(a, "mine", READY);
    diskB.full = true;
    set(a, "late", READY);
    diskB.full = false;
    grid = new TestingRecords();
    b = node(diskB, "");
    assertEquals(List.of(), conditions(b, "late"), "its disk was full");
    a = node(diskA, "");
    assertEquals(List.of(READY_WHOLE), conditions(b, "mine"));
    assertEquals(List.of(READY_WHOLE), conditions(b, "late"));
    assertEquals(a.shared(), b.shared());
  }

  @Test
  void inForce_rulesThatThisNodeCannotRead_itsOwn() {
    SharedDirectory other =
        new SharedDirectory(
            grid,
            new TestingStore(),
            "secret",
            new SharedDirectory.Site(() -> Instant.EPOCH, Runnable::run));
    other.start();
    SharedText unused =
        new NodeRules("", name -> true, other.texts())
            .set(tag -> true, "newer", "metric_of_a_newer_version above 1", "ada");
    assertEquals(6, a.inForce().size());
    assertEquals(5, b.inForce().size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Mine | kvasir_ready above 1 | rule | small letters",
        "mine | kvasir_ready over 5 above 1 | condition | 10 to 3600",
        "mine | nothing above 1 | condition | docs/metrics.md",
        "mine | kvasir_ready above 1; more: off | condition | semicolon",
        "mine | nonsense | condition | is no rule"
      })
  void set_bad_saysWhatIsAllowed(String name, String condition, String field, String said) {
    TenantRefusedException refusal =
        assertThrows(TenantRefusedException.class, () -> set(a, name, condition));
    assertEquals(Reason.INVALID, refusal.reason());
    assertEquals(field, refusal.field());
    assertTrue(String.valueOf(refusal.getMessage()).contains(said), refusal::getMessage);
    assertEquals(0, a.shared().version());
  }

  @Test
  void reset_notSet_unknown() {
    TenantRefusedException refusal =
        assertThrows(
            TenantRefusedException.class, () -> a.reset(tag -> true, "member_lost", "ada"));
    assertEquals(Reason.UNKNOWN, refusal.reason());
  }
}
