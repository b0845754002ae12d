package dev.kvasir.console.alerts;

import dev.kvasir.cache.alerts.Alert;
import dev.kvasir.cache.alerts.Alert.State;
import dev.kvasir.cache.alerts.AlertEvent;
import dev.kvasir.cache.alerts.AlertRule;
import dev.kvasir.cache.alerts.AlertRules;
import dev.kvasir.cache.alerts.Alerts;
import dev.kvasir.cache.tenants.SharedText;
import dev.kvasir.cache.tenants.StaleTextException;
import dev.kvasir.cache.tenants.TenantRefusedException;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** Rules of which the first fires, and a text that keeps what was set last. */
final class TestingAlerts implements Alerts {
  static final List<AlertRule> RULES =
      AlertRules.parse(List.of("mine: kvasir_members below 2"), name -> true);

  SharedText shared = new SharedText("alert-rules", "", "", Instant.EPOCH, 0);

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

  @Override
  public SharedText shared() {
    return shared;
  }

  @Override
  public SharedText set(Predicate<String> seen, String name, String condition, String by) {
    if (name.isEmpty()) {
      throw TenantRefusedException.invalid("rule", "the rule has no name");
    }
    return write(seen, name + ": " + condition, by);
  }

  @Override
  public SharedText reset(Predicate<String> seen, String name, String by) {
    return write(seen, "", by);
  }

  SharedText write(Predicate<String> seen, String text, String by) {
    if (!seen.test(shared.tag())) {
      throw new StaleTextException(shared);
    }
    shared = new SharedText("alert-rules", text, by, Instant.EPOCH, shared.version() + 1);
    return shared;
  }
}
