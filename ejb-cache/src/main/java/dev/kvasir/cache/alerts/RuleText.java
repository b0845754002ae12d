package dev.kvasir.cache.alerts;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Rules as text: {@code NAME: CONDITION} or {@code NAME: off}, between semicolons. */
public final class RuleText {
  /** The condition of a rule that a node has, but that is not to be looked at. */
  public static final String OFF = "off";

  private RuleText() {}

  /** The conditions by name, in their order; of two of a name the last. */
  public static Map<String, String> entries(String text) {
    Map<String, String> entries = new LinkedHashMap<>();
    for (String line : text.split(";", -1)) {
      if (!line.isBlank()) {
        String[] parts = line.split(":", 2);
        entries.put(parts[0].strip(), parts.length == 1 ? "" : parts[1].strip());
      }
    }
    return entries;
  }

  /** The text with a rule in the place of that of its name, or behind all others. */
  static String with(String text, String name, String condition) {
    Map<String, String> entries = entries(text);
    entries.put(name, condition);
    return join(entries);
  }

  /** The text without a rule. */
  static String without(String text, String name) {
    Map<String, String> entries = entries(text);
    entries.remove(name);
    return join(entries);
  }

  private static String join(Map<String, String> entries) {
    return entries.entrySet().stream()
        .map(entry -> entry.getKey() + ": " + entry.getValue())
        .collect(Collectors.joining("; "));
  }
}
