package dev.kvasir.web.alerts;

import dev.kvasir.cache.alerts.Alert;
import dev.kvasir.cache.alerts.AlertEvent;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How the rules stand, those that fire first, and what began or ended lately, the newest first. */
@JsonbPropertyOrder({"alerts", "history"})
public record AlertsBody(List<State> alerts, List<Event> history) {
  /**
   * A rule.
   *
   * @param state {@code quiet}, {@code pending} or {@code firing}
   * @param value absent while it cannot be told
   * @param since absent if it was never otherwise
   */
  @JsonbPropertyOrder({"rule", "condition", "severity", "state", "value", "since"})
  public record State(
      String rule,
      String condition,
      String severity,
      String state,
      @Nullable Double value,
      @Nullable String since) {}

  /**
   * What began or ended.
   *
   * @param state {@code firing} or {@code resolved}
   */
  @JsonbPropertyOrder({"at", "rule", "severity", "state", "value"})
  public record Event(
      String at, String rule, String severity, String state, @Nullable Double value) {}

  static AlertsBody of(List<Alert> alerts, List<AlertEvent> history) {
    return new AlertsBody(
        alerts.stream().map(AlertsBody::state).toList(),
        history.stream().map(AlertsBody::event).toList());
  }

  private static State state(Alert alert) {
    return new State(
        alert.rule().name(),
        alert.rule().condition(),
        lower(alert.rule().severity()),
        lower(alert.state()),
        finite(alert.value()),
        alert.since() == null ? null : alert.since().toString());
  }

  private static Event event(AlertEvent event) {
    return new Event(
        event.at().toString(),
        event.rule().name(),
        lower(event.rule().severity()),
        event.firing() ? "firing" : "resolved",
        finite(event.value()));
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
