package dev.kvasir.console.policy;

import dev.kvasir.cache.SettingsVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A change of the settings, as the page lists it.
 *
 * @param version its number
 * @param who made it
 * @param at when
 * @param changes a line for each setting that became another one
 */
public record HistoryLine(long version, String who, Instant at, List<String> changes) {
  /** Of versions of which each follows the next one in the list; at most so many. */
  static List<HistoryLine> of(List<SettingsVersion> versions, int most) {
    List<HistoryLine> lines = new ArrayList<>();
    for (int i = 0; i < Math.min(most, versions.size()); i++) {
      SettingsVersion version = versions.get(i);
      lines.add(
          new HistoryLine(
              version.number(),
              version.change().who(),
              version.change().at(),
              i + 1 < versions.size() ? changes(versions.get(i + 1), version) : List.of()));
    }
    return lines;
  }

  private static List<String> changes(SettingsVersion before, SettingsVersion after) {
    Map<String, String> old = before.differing(after);
    Map<String, String> now = after.differing(before);
    Set<String> names = new TreeSet<>(old.keySet());
    names.addAll(now.keySet());
    return names.stream()
        .map(name -> name + ": " + value(old, name) + " → " + value(now, name))
        .toList();
  }

  private static String value(Map<String, String> values, String name) {
    String value = values.getOrDefault(name, "");
    return value.isEmpty() ? "–" : value;
  }
}
