package dev.kvasir.cache.alerts;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** All rules of a node: looked at now and then, by whoever calls. Safe for all threads. */
public final class AlertWatch {
  /** Time between two looks. */
  public static final int EVERY_SECONDS = 10;

  private static final int EVENTS = 200;
  private static final Comparator<Alert> WORST_FIRST =
      Comparator.<Alert, Alert.State>comparing(Alert::state)
          .thenComparing(alert -> alert.rule().severity())
          .reversed();

  private List<RuleWatch> rules; // guarded by this
  private final MetricSource source;
  private final InstantSource clock;
  private final Consumer<AlertEvent> listener;
  private final Deque<AlertEvent> events = new ArrayDeque<>(); // newest first, guarded by this

  /**
   * @param listener hears what begins and ends, after it is listed
   */
  public AlertWatch(
      List<AlertRule> rules,
      MetricSource source,
      InstantSource clock,
      Consumer<AlertEvent> listener) {
    this.rules = rules.stream().map(RuleWatch::new).toList();
    this.source = source;
    this.clock = clock;
    this.listener = listener;
  }

  /** Looks at all rules. */
  public void look() {
    lookAt(clock.instant()).forEach(listener);
  }

  /** Watches these rules from now on: what is known of those that stay is kept, the others end. */
  public void watch(List<AlertRule> wanted) {
    replace(wanted, clock.instant()).forEach(listener);
  }

  private synchronized List<AlertEvent> replace(List<AlertRule> wanted, Instant now) {
    Map<AlertRule, RuleWatch> watched = new LinkedHashMap<>();
    rules.forEach(rule -> watched.put(rule.alert().rule(), rule));
    if (List.copyOf(watched.keySet()).equals(wanted)) {
      return List.of();
    }
    rules =
        wanted.stream()
            .map(
                rule -> Objects.requireNonNullElseGet(watched.get(rule), () -> new RuleWatch(rule)))
            .toList();
    wanted.forEach(watched::remove);
    List<AlertEvent> ended =
        watched.values().stream()
            .map(RuleWatch::alert)
            .filter(alert -> alert.state() == Alert.State.FIRING)
            .map(alert -> new AlertEvent(now, alert.rule(), false, alert.value()))
            .toList();
    ended.forEach(this::list);
    return ended;
  }

  private void list(AlertEvent event) {
    events.addFirst(event);
    if (events.size() > EVENTS) {
      events.removeLast();
    }
  }

  private synchronized List<AlertEvent> lookAt(Instant now) {
    List<AlertEvent> changed = new ArrayList<>();
    for (RuleWatch rule : rules) {
      Optional<AlertEvent> event = rule.look(now, source);
      event.ifPresent(this::list);
      event.ifPresent(changed::add);
    }
    return changed;
  }

  /** See {@link Alerts#now}. */
  public synchronized List<Alert> now() {
    return rules.stream().map(RuleWatch::alert).sorted(WORST_FIRST).toList();
  }

  /** See {@link Alerts#history}. */
  public synchronized List<AlertEvent> history() {
    return List.copyOf(events);
  }
}
