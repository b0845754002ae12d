package dev.kvasir.cache.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The dashboard and the alarms ask for metrics and labels that exist, and for nothing else. */
final class MonitoringTest {
  private static final Path DASHBOARD = Path.of("../docs/grafana/kvasir.json");
  private static final Path RULES = Path.of("../docs/prometheus/rules.yml");
  private static final Path GUIDE = Path.of("../docs/operations.md");

  /** A metric and what stands in its braces; recorded names have colons. */
  private static final Pattern METRIC =
      Pattern.compile("(?<![a-z_:])(kvasir_[a-z0-9_]+)(?:\\{([^}]*)})?");

  private static final Pattern MATCHER = Pattern.compile("([a-z_]+)(=~|!~|!=|=)\"([^\"]*)\"");
  private static final Pattern GROUPING = Pattern.compile("by \\(([^)]*)\\)");

  /** Labels that Prometheus gives, not Kvasir. */
  private static final Set<String> SCRAPED = Set.of("instance", "le");

  private static final Map<String, Metric> EXPOSED = new HashMap<>();

  static {
    for (Metric metric : Metric.values()) {
      if (metric.type().equals("histogram")) {
        for (String part : List.of("_bucket", "_sum", "_count")) {
          EXPOSED.put(metric.exposedName() + part, metric);
        }
      } else {
        EXPOSED.put(metric.exposedName(), metric);
      }
    }
  }

  private static JsonObject dashboard() throws IOException {
    try (Reader file = Files.newBufferedReader(DASHBOARD);
        JsonReader reader = Json.createReader(file)) {
      return reader.readObject();
    }
  }

  static List<String> dashboardQueries() throws IOException {
    List<String> queries = new ArrayList<>();
    for (JsonValue panel : dashboard().getJsonArray("panels")) {
      JsonArray targets = panel.asJsonObject().getJsonArray("targets");
      if (targets != null) {
        targets.forEach(target -> queries.add(target.asJsonObject().getString("expr")));
      }
    }
    return queries;
  }

  private static List<String> ruleValues(String key) throws IOException {
    Pattern line = Pattern.compile("^ +(?:- )?" + key + ": (.+)$");
    return Files.readAllLines(RULES).stream()
        .map(line::matcher)
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1))
        .toList();
  }

  private static void check(String query) {
    Set<String> labels = new HashSet<>(SCRAPED);
    Matcher asked = METRIC.matcher(query);
    while (asked.find()) {
      Metric metric = EXPOSED.get(asked.group(1));
      assertNotNull(metric, () -> asked.group(1) + " does not exist: " + query);
      metric.labels().forEach(label -> labels.add(label.name()));
      checkMatchers(asked.group(2) == null ? "" : asked.group(2), metric, query);
    }
    Matcher grouped = GROUPING.matcher(query);
    while (grouped.find()) {
      for (String name : grouped.group(1).split(", ", -1)) {
        assertTrue(labels.contains(name), () -> "no label " + name + ": " + query);
      }
    }
  }

  private static void checkMatchers(String matchers, Metric metric, String query) {
    Matcher matcher = MATCHER.matcher(matchers);
    while (matcher.find()) {
      if (!SCRAPED.contains(matcher.group(1))) {
        for (String value : matcher.group(3).split("\\|", -1)) {
          String name = matcher.group(1);
          assertTrue(
              metric.labels().stream()
                  .anyMatch(label -> label.name().equals(name) && label.values().contains(value)),
              () -> "no %s=%s: %s".formatted(name, value, query));
        }
      }
    }
  }

  @Test
  void dashboard_everyQuery_asksForWhatThereIs() throws IOException {
    List<String> queries = dashboardQueries();
    assertTrue(queries.size() > 30, () -> queries.size() + " queries");
    queries.forEach(MonitoringTest::check);
    JsonObject nodes =
        dashboard().getJsonObject("templating").getJsonArray("list").getJsonObject(1);
    check(nodes.getJsonObject("query").getString("query"));
  }

  @Test
  void rules_everyExpression_asksForWhatThereIs() throws IOException {
    List<String> expressions = ruleValues("expr");
    assertEquals(
        ruleValues("alert").size() + ruleValues("record").size(), expressions.size(), "one each");
    expressions.forEach(MonitoringTest::check);
    Set<String> recorded = new HashSet<>(ruleValues("record"));
    for (String expression : expressions) {
      Matcher name = Pattern.compile("kvasir:[a-z0-9_:]+").matcher(expression);
      while (name.find()) {
        assertTrue(recorded.contains(name.group()), () -> "not recorded: " + name.group());
      }
    }
  }

  @Test
  void rules_everyAlarm_hasItsPlaceInTheGuide() throws IOException {
    String guide = Files.readString(GUIDE);
    for (String alarm : ruleValues("alert")) {
      assertTrue(guide.contains("\n### " + alarm + "\n"), () -> "docs/operations.md: " + alarm);
      assertTrue(
          ruleValues("runbook").contains("docs/operations.md#" + alarm.toLowerCase(Locale.ROOT)),
          alarm);
    }
  }
}
