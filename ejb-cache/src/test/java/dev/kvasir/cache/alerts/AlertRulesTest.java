package dev.kvasir.cache.alerts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.alerts.AlertRule.Comparison;
import dev.kvasir.cache.alerts.AlertRule.Severity;
import dev.kvasir.cache.metrics.RegistryMetrics;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AlertRulesTest {
  @Test
  void parse_nothing_theFiveDefaultsOnRealMetrics() {
    List<AlertRule> rules = AlertRules.parse(List.of(), RegistryMetrics::isMetric);
    assertEquals(
        List.of("hit_share_fell", "publish_drops", "quota_refusals", "member_lost", "load_regret"),
        rules.stream().map(AlertRule::name).toList());
    assertEquals(
        "kvasir_load_regret_seconds/kvasir_load_decisions_total{decision=load} over 900 above 0.05"
            + " for 300 warning",
        rules.get(4).condition());
  }

  @Test
  void parse_moreAnotherAndOneOff_inForce() {
    List<AlertRule> rules =
        AlertRules.parse(
            List.of(
                " member_lost: off; publish_drops : kvasir_publish_dropped_total above 5 info;"
                    + "mine: kvasir_ready below 1 for 30 critical;"),
            RegistryMetrics::isMetric);
    assertEquals(5, rules.size());
    assertEquals(
        new AlertRule(
            "publish_drops",
            new MetricName("kvasir_publish_dropped_total", Map.of()),
            null,
            300,
            Comparison.ABOVE,
            5,
            0,
            Severity.INFO),
        rules.get(1));
    assertEquals("kvasir_ready over 300 below 1 for 30 critical", rules.get(4).condition());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kvasir_evictions_total{cause=policy,member=a}/kvasir_lookups_total fell_to 0.0001",
        "kvasir_ready below 1",
        "kvasir_publish_dropped_total over 60 above -1234567890123.25 for 3600 critical"
      })
  void condition_written_readsBackTheSame(String text) {
    AlertRule rule = last(text);
    assertEquals(rule, last(rule.condition()));
  }

  private static AlertRule last(String condition) {
    List<AlertRule> rules = AlertRules.parse(List.of("mine: " + condition), name -> true);
    return rules.get(rules.size() - 1);
  }

  @ParameterizedTest
  @CsvSource({
    "nonsense, is no rule",
    "mine: kvasir_ready over 5 below 1, has 5 seconds",
    "mine: kvasir_ready over 9999 below 1, 10 to 3600",
    "mine: kvasir_nothing above 1, the metric kvasir_nothing",
    "mine: kvasir_evictions_total{cause} above 1, has the label"
  })
  void parse_bad_saysWhatIsAllowed(String text, String said) {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> AlertRules.parse(List.of(text), RegistryMetrics::isMetric));
    assertTrue(String.valueOf(refusal.getMessage()).contains(said), refusal::getMessage);
  }
}
