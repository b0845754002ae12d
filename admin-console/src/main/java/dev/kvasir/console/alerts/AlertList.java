package dev.kvasir.console.alerts;

import dev.kvasir.cache.alerts.Alert;
import dev.kvasir.cache.alerts.AlertEvent;
import dev.kvasir.cache.alerts.Alerts;
import dev.kvasir.console.Texts;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import java.util.List;
import java.util.Locale;

/** The page of the alerts, and what the dashboard says of them. */
@Named("alerts")
@RequestScoped
public class AlertList {
  @EJB Alerts alerts;

  private List<Alert> now = List.of();

  @PostConstruct
  void load() {
    now = alerts.now();
  }

  /** How each rule stands, those that fire first. */
  public List<Alert> getNow() {
    return now;
  }

  /** Those that fire. */
  public List<Alert> getFiring() {
    return now.stream().filter(alert -> alert.state() == Alert.State.FIRING).toList();
  }

  /** What began or ended, the newest first. */
  public List<AlertEvent> getHistory() {
    return alerts.history();
  }

  /** What a rule is about: of those that every node has, in words. */
  public String meaning(Alert alert) {
    return Texts.orElse("alerts.rule." + alert.rule().name(), alert.rule().name());
  }

  /** A number as rules have it; a dash while it cannot be told. */
  public String value(double value) {
    return Double.isFinite(value) ? String.format(Locale.ENGLISH, "%.3g", value) : "\u2013";
  }
}
