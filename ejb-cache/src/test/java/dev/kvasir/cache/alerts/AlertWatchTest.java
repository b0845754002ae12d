package dev.kvasir.cache.alerts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.cache.alerts.Alert.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AlertWatchTest {
  private static final String NO_DEFAULTS =
      "hit_share_fell: off; publish_drops: off; quota_refusals: off; member_lost: off;"
          + " load_regret: off;";

  private final Map<String, Double> gauges = new HashMap<>();
  private final Map<String, Double> counters = new HashMap<>();
  private final List<String> told = new ArrayList<>();
  private Instant now = Instant.EPOCH;

  private AlertWatch watch(String rules) {
    return new AlertWatch(
        rules(rules),
        metric ->
            Optional.ofNullable(counters.get(metric.toString()))
                .map(value -> new MetricSource.Reading(value, true))
                .or(
                    () ->
                        Optional.ofNullable(gauges.get(metric.toString()))
                            .map(value -> new MetricSource.Reading(value, false))),
        () -> now,
        event -> told.add(event.rule().name() + (event.firing() ? " fires" : " ends")));
  }

  private static List<AlertRule> rules(String text) {
    return AlertRules.parse(List.of(NO_DEFAULTS, text), name -> true);
  }

  private void look(AlertWatch watch, int times) {
    for (int i = 0; i < times; i++) {
      watch.look();
      now = now.plusSeconds(AlertWatch.EVERY_SECONDS);
    }
  }

  private static State state(AlertWatch watch) {
    return watch.now().get(0).state();
  }

  @Test
  void gauge_belowForLongEnough_pendingThenFiringThenQuiet() {
    AlertWatch watch = watch("down: ready below 1 for 20 critical");
    gauges.put("ready", 1.0);
    look(watch, 3);
    assertEquals(State.QUIET, state(watch));
    gauges.put("ready", 0.0);
    look(watch, 2);
    assertEquals(State.PENDING, state(watch));
    look(watch, 1);
    assertEquals(State.FIRING, state(watch));
    gauges.put("ready", 1.0);
    look(watch, 1);
    assertEquals(State.QUIET, state(watch));
    assertEquals(List.of("down fires", "down ends"), told);
    assertEquals(List.of(false, true), watch.history().stream().map(AlertEvent::firing).toList());
  }

  @Test
  void counter_growthInTheWindow_notItsValue() {
    AlertWatch watch = watch("drops: drops{kind=a} over 60 above 4");
    counters.put("drops{kind=a}", 1_000.0);
    look(watch, 3);
    assertEquals(State.QUIET, state(watch));
    counters.put("drops{kind=a}", 1_005.0);
    look(watch, 1);
    assertEquals(5, watch.now().get(0).value());
    assertEquals(State.FIRING, state(watch));
    look(watch, 10);
    assertEquals(State.QUIET, state(watch));
  }

  @Test
  void share_fellByHalf_firesOnceBothWindowsAreKnown() {
    AlertWatch watch = watch("fell: hits/looks over 60 fell_to 0.5");
    for (int i = 0; i <= 12; i++) {
      count(8, 10);
      look(watch, 1);
      assertEquals(State.QUIET, state(watch), "round " + i);
    }
    for (int i = 0; i < 6; i++) {
      count(1, 10);
      look(watch, 1);
    }
    assertEquals(State.FIRING, state(watch));
    assertEquals(0.1, watch.now().get(0).value(), 0.05);
  }

  private void count(double hits, double looks) {
    counters.merge("hits", hits, Double::sum);
    counters.merge("looks", looks, Double::sum);
  }

  @Test
  void share_nothingAsked_cannotBeTold() {
    AlertWatch watch = watch("regret: hits/looks over 60 above 0");
    counters.put("hits", 5.0);
    counters.put("looks", 9.0);
    look(watch, 5);
    counters.put("hits", 7.0);
    look(watch, 1);
    assertEquals(State.QUIET, state(watch));
    assertEquals(Double.NaN, watch.now().get(0).value());
  }

  @Test
  void members_oneFewer_firesUntilThatIsLongAgo() {
    AlertWatch watch = watch("lost: members over 60 fell_to 1");
    gauges.put("members", 3.0);
    look(watch, 2);
    gauges.put("members", 2.0);
    look(watch, 1);
    assertEquals(State.FIRING, state(watch));
    look(watch, 8);
    assertEquals(State.QUIET, state(watch));
  }

  @Test
  void watch_otherRules_thoseThatStayKeepTheirStateAndTheOthersEnd() {
    gauges.put("ready", 0.0);
    AlertWatch watch = watch("a: ready below 1; b: ready below 1");
    look(watch, 1);
    watch.watch(rules("b: ready below 1; c: ready below 1"));
    assertEquals(
        List.of("b FIRING", "c QUIET"),
        watch.now().stream().map(one -> one.rule().name() + " " + one.state()).toList());
    assertEquals(List.of("a fires", "b fires", "a ends"), told);
    assertEquals("a", watch.history().get(0).rule().name());
    watch.watch(rules("b: ready below 1; c: ready below 1"));
    look(watch, 1);
    assertEquals(List.of("a fires", "b fires", "a ends", "c fires"), told);
  }

  @Test
  void now_several_worstFirst() {
    gauges.put("ready", 0.0);
    AlertWatch watch = watch("a: ready above 5; b: ready below 1 info; c: ready below 1 critical");
    look(watch, 1);
    assertEquals(
        List.of("c", "b", "a"), watch.now().stream().map(alert -> alert.rule().name()).toList());
  }
}
