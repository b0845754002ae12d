package dev.kvasir.cache.alerts;

import dev.kvasir.cache.alerts.AlertRule.Comparison;
import dev.kvasir.cache.alerts.AlertRule.Severity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules of a node, read from text. */
public final class AlertRules {
  /** Most of them. */
  static final int MAX_RULES = 50;

  private static final int USUAL_SECONDS = 300;

  // what docs/prometheus/rules.yml alarms on, of one node
  private static final List<String> DEFAULTS =
      List.of(
          "hit_share_fell: kvasir_lookup_hits_total/kvasir_lookups_total over 600 fell_to 0.5 for"
              + " 60 warning",
          "publish_drops: kvasir_publish_dropped_total over 300 above 0 for 60 warning",
          "quota_refusals: kvasir_quota_refusals_total over 300 above 0 for 0 info",
          "member_lost: kvasir_members over 900 fell_to 1 for 0 critical",
          "load_regret: kvasir_load_regret_seconds/kvasir_load_decisions_total{decision=load} over"
              + " 900 above 0.05 for 300 warning");

  private static final String METRIC = "[a-z][a-z0-9_]*(?:\\{[^}]*\\})?";
  private static final Pattern RULE =
      Pattern.compile(
          "(?<name>[a-z][a-z0-9_]*)\\s*:\\s*(?<of>"
              + METRIC
              + ")(?:\\s*/\\s*(?<per>"
              + METRIC
              + "))?(?:\\s+over\\s+(?<over>\\d{1,5}))?\\s+(?<comparison>above|below|fell_to)"
              + "\\s+(?<bound>-?\\d{1,15}(?:\\.\\d{1,9})?)(?:\\s+for\\s+(?<for>\\d{1,5}))?"
              + "(?:\\s+(?<severity>info|warning|critical))?");
  private static final Pattern OFF = Pattern.compile("(?<name>[a-z][a-z0-9_]*)\\s*:\\s*off");
  private static final Pattern LABEL = Pattern.compile("\\s*([a-z_]+)\\s*=\\s*([^,{}\\s]+)\\s*");

  private AlertRules() {}

  /**
   * The default rules, changed by one text after the other: rules between semicolons, each replaces
   * the one of its name; {@code NAME: off} takes one away.
   *
   * @param isMetric whether there is a metric of a name
   * @throws IllegalArgumentException if it cannot be read; says what came and what is allowed
   */
  public static List<AlertRule> parse(List<String> texts, Predicate<String> isMetric) {
    Map<String, AlertRule> rules = new LinkedHashMap<>();
    DEFAULTS.forEach(line -> put(rules, line));
    for (String text : texts) {
      for (String line : text.split(";", -1)) {
        if (!line.isBlank()) {
          put(rules, line.strip());
        }
      }
    }
    rules.values().forEach(rule -> requireMetrics(rule, isMetric));
    if (rules.size() > MAX_RULES) {
      throw new IllegalArgumentException(
          "there are %d rules, but can be %d at most".formatted(rules.size(), MAX_RULES));
    }
    return List.copyOf(rules.values());
  }

  private static void requireMetrics(AlertRule rule, Predicate<String> isMetric) {
    MetricName per = rule.per();
    for (MetricName metric : per == null ? List.of(rule.of()) : List.of(rule.of(), per)) {
      if (!isMetric.test(metric.name())) {
        throw new IllegalArgumentException(
            "the rule %s has the metric %s, but there is none of that name; docs/metrics.md lists them"
                .formatted(rule.name(), metric.name()));
      }
    }
  }

  private static void put(Map<String, AlertRule> rules, String line) {
    Matcher off = OFF.matcher(line);
    if (off.matches()) {
      rules.remove(Objects.requireNonNull(off.group("name")));
      return;
    }
    Matcher parts = RULE.matcher(line);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "\"%s\" is no rule; write NAME: METRIC[/METRIC] [over SECONDS] above|below|fell_to NUMBER [for SECONDS] [info|warning|critical], or NAME: off"
              .formatted(line));
    }
    String per = parts.group("per");
    AlertRule rule =
        new AlertRule(
            group(parts, "name", ""),
            metric(group(parts, "of", "")),
            per == null ? null : metric(per),
            seconds(group(parts, "over", "" + USUAL_SECONDS), 10, line),
            constant(Comparison.class, group(parts, "comparison", "")),
            Double.parseDouble(group(parts, "bound", "0")),
            seconds(group(parts, "for", "0"), 0, line),
            constant(Severity.class, group(parts, "severity", "warning")));
    rules.put(rule.name(), rule);
  }

  private static String group(Matcher parts, String group, String otherwise) {
    @Nullable String found = parts.group(group);
    return found == null ? otherwise : found;
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String name) {
    return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
  }

  private static int seconds(String digits, int min, String line) {
    int seconds = Integer.parseInt(digits);
    if (seconds < min || seconds > AlertRule.MAX_SECONDS) {
      throw new IllegalArgumentException(
          "\"%s\" has %d seconds, but must have %d to %d"
              .formatted(line, seconds, min, AlertRule.MAX_SECONDS));
    }
    return seconds;
  }

  private static MetricName metric(String text) {
    int brace = text.indexOf('{');
    String name = brace < 0 ? text : text.substring(0, brace);
    Map<String, String> labels = new LinkedHashMap<>();
    if (brace >= 0) {
      for (String pair : text.substring(brace + 1, text.length() - 1).split(",", -1)) {
        Matcher label = LABEL.matcher(pair);
        if (!label.matches()) {
          throw new IllegalArgumentException(
              "\"%s\" has the label \"%s\", but labels are written {name=value,...}"
                  .formatted(text, pair));
        }
        labels.put(Objects.requireNonNull(label.group(1)), Objects.requireNonNull(label.group(2)));
      }
    }
    return new MetricName(name, labels);
  }
}
