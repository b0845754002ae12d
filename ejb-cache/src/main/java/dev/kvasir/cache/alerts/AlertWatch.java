package dev.kvasir.cache.alerts;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** All rules of a node: looked at now and then, by whoever calls. Safe for all threads. */
public final class AlertWatch implements Alerts {
  /** Time between two looks. */
  public static final int EVERY_SECONDS = 10;

  private static final int EVENTS = 200;
  private static final Comparator<Alert> WORST_FIRST =
      Comparator.<Alert, Alert.State>comparing(Alert::state)
          .thenComparing(alert -> alert.rule().severity())
          .reversed();

  private final List<RuleWatch> rules; // guarded by this
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

  private synchronized List<AlertEvent> lookAt(Instant now) {
    List<AlertEvent> changed = new ArrayList<>();
    for (RuleWatch rule : rules) {
      Optional<AlertEvent> event = rule.look(now, source);
      event.ifPresent(events::addFirst);
      event.ifPresent(changed::add);
    }
    while (events.size() > EVENTS) {
      events.removeLast();
    }
    return changed;
  }

  @Override
  public synchronized List<Alert> now() {
    return rules.stream().map(RuleWatch::alert).sorted(WORST_FIRST).toList();
  }

  @Override
  public synchronized List<AlertEvent> history() {
    return List.copyOf(events);
  }
}
