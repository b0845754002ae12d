package dev.kvasir.cache.alerts;

import dev.kvasir.cache.alerts.Alert.State;
import dev.kvasir.cache.alerts.MetricSource.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One rule, and what it has seen. One thread at a time. */
final class RuleWatch {
  private final AlertRule rule;
  private final Deque<Sample> samples = new ArrayDeque<>(); // oldest first
  private @Nullable Instant brokenSince;
  private Alert alert;

  RuleWatch(AlertRule rule) {
    this.rule = rule;
    this.alert = new Alert(rule, State.QUIET, null, Double.NaN);
  }

  /**
   * What was read once.
   *
   * @param of what is measured
   * @param per what it is divided by, 1 of nothing
   * @param grows whether both only grow
   */
  private record Sample(Instant at, double of, double per, boolean grows) {}

  Alert alert() {
    return alert;
  }

  /** Looks at the metrics now; an event if the alert begins or ends with it. */
  Optional<AlertEvent> look(Instant now, MetricSource source) {
    sample(now, source);
    double value = valueAt(now);
    double before =
        rule.comparison() == AlertRule.Comparison.FELL_TO
            ? valueAt(now.minusSeconds(rule.overSeconds()))
            : Double.NaN;
    boolean broken = rule.isBrokenBy(value, before);
    brokenSince = broken ? (brokenSince == null ? now : brokenSince) : null;
    State state = stateAt(now);
    State last = alert.state();
    alert = new Alert(rule, state, state == last ? alert.since() : now, value);
    boolean changed = (state == State.FIRING) != (last == State.FIRING);
    return changed
        ? Optional.of(new AlertEvent(now, rule, state == State.FIRING, value))
        : Optional.empty();
  }

  private State stateAt(Instant now) {
    Instant since = brokenSince;
    if (since == null) {
      return State.QUIET;
    }
    boolean longEnough =
        Duration.between(since, now).compareTo(Duration.ofSeconds(rule.forSeconds())) >= 0;
    return longEnough ? State.FIRING : State.PENDING;
  }

  private void sample(Instant now, MetricSource source) {
    Optional<Reading> of = source.read(rule.of());
    MetricName divisor = rule.per();
    Optional<Reading> per =
        divisor == null ? Optional.of(new Reading(1, false)) : source.read(divisor);
    if (of.isPresent() && per.isPresent()) {
      samples.addLast(new Sample(now, of.get().value(), per.get().value(), of.get().grows()));
    }
    Instant oldest = now.minusSeconds(2L * rule.overSeconds() + AlertWatch.EVERY_SECONDS);
    while (!samples.isEmpty() && samples.getFirst().at().isBefore(oldest)) {
      samples.removeFirst();
    }
  }

  /** The number at a time: a gauge's, or the growth until then; NaN if it cannot be told. */
  private double valueAt(Instant at) {
    Sample last = sampleAt(at);
    if (last == null && !samples.isEmpty() && !samples.getFirst().grows()) {
      last = samples.getFirst();
    }
    if (last == null) {
      return Double.NaN;
    }
    if (!last.grows()) { // what it was before is at least what it was at first
      return rule.per() == null ? last.of() : last.of() / last.per();
    }
    Sample first = sampleAt(at.minusSeconds(rule.overSeconds()));
    first = first == null && isYoung(at) ? samples.getFirst() : first;
    if (first == null || first.equals(last)) {
      return Double.NaN;
    }
    double growth = last.of() - first.of();
    double divisor = last.per() - first.per();
    if (rule.per() == null) {
      return growth;
    }
    return divisor > 0 ? growth / divisor : Double.NaN;
  }

  /** Whether this is about now: then what is known so far is enough. */
  private boolean isYoung(Instant at) {
    return samples.getLast().at().equals(at);
  }

  private @Nullable Sample sampleAt(Instant at) {
    Sample found = null;
    for (Sample sample : samples) {
      if (sample.at().isAfter(at)) {
        break;
      }
      found = sample;
    }
    return found;
  }
}
