package dev.kvasir.console.alerts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.cache.alerts.Alert;
import dev.kvasir.cache.alerts.Alert.State;
import dev.kvasir.cache.alerts.AlertEvent;
import dev.kvasir.cache.alerts.AlertRule;
import dev.kvasir.cache.alerts.AlertRules;
import dev.kvasir.cache.alerts.Alerts;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertListTest {
  private static final List<AlertRule> RULES =
      AlertRules.parse("mine: kvasir_members below 2", name -> true);

  /** The first rule fires, the others are quiet. */
  private static final class TestingAlerts implements Alerts {
    @Override
    public List<Alert> now() {
      return RULES.stream()
          .map(
              rule ->
                  new Alert(
                      rule,
                      rule.equals(RULES.get(0)) ? State.FIRING : State.QUIET,
                      Instant.EPOCH,
                      rule.equals(RULES.get(0)) ? 0.123456 : Double.NaN))
          .toList();
    }

    @Override
    public List<AlertEvent> history() {
      return List.of(new AlertEvent(Instant.EPOCH, RULES.get(0), true, 0.1));
    }
  }

  @Test
  void page_someFiring_inWords() {
    AlertList page = new AlertList();
    page.alerts = new TestingAlerts();
    page.load();
    assertEquals(RULES.size(), page.getNow().size());
    assertEquals(1, page.getFiring().size());
    assertEquals(1, page.getHistory().size());
    assertEquals(
        "The share of requests that hit fell to less than half of that ten minutes before.",
        page.meaning(page.getFiring().get(0)));
    assertEquals("mine", page.meaning(page.getNow().get(RULES.size() - 1)));
    assertEquals("0.123", page.value(page.getFiring().get(0).value()));
    assertEquals("\u2013", page.value(Double.NaN));
  }
}
