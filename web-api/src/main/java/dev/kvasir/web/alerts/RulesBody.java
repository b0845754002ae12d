package dev.kvasir.web.alerts;

import dev.kvasir.cache.alerts.AlertRule;
import dev.kvasir.cache.alerts.RuleText;
import dev.kvasir.cache.tenants.SharedText;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rules of the node that answers, by name; {@code changed_by} and {@code changed} are of the
 * last change for all nodes, absent if there was none.
 */
@JsonbPropertyOrder({"rules", "changedBy", "changed"})
public record RulesBody(List<Rule> rules, @Nullable String changedBy, @Nullable String changed) {
  /**
   * A rule.
   *
   * @param condition {@code off} of one that an administrator switched off
   * @param origin {@code administrator}, of all nodes, or {@code node}: every node's or configured
   */
  @JsonbPropertyOrder({"rule", "condition", "origin"})
  public record Rule(String rule, String condition, String origin) {}

  static RulesBody of(List<AlertRule> inForce, SharedText shared) {
    Map<String, String> conditions = new TreeMap<>(RuleText.entries(shared.text()));
    Set<String> set = Set.copyOf(conditions.keySet());
    inForce.forEach(rule -> conditions.put(rule.name(), rule.condition()));
    return new RulesBody(
        conditions.entrySet().stream()
            .map(
                rule ->
                    new Rule(
                        rule.getKey(),
                        rule.getValue(),
                        set.contains(rule.getKey()) ? "administrator" : "node"))
            .toList(),
        shared.version() == 0 ? null : shared.changedBy(),
        shared.version() == 0 ? null : shared.changed().toString());
  }
}
