package dev.kvasir.cache;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Settings as they came into force once.
 *
 * @param tag names this version among all that any cluster ever had; opaque
 * @param number from 1, one more for each change; 0 for a node's own, while it knows no cluster
 * @param change who made it, and when
 * @param settings from then on
 */
public record SettingsVersion(String tag, long number, Change change, CacheSettings settings) {
  /**
   * A change of settings.
   *
   * @param who made it
   * @param at by the clock of the node that made it
   * @param revertOf number of the version that it brought back; 0 for none
   */
  public record Change(String who, Instant at, long revertOf) {}

  /** Those of this version's settings that are not as they are in another, with their values. */
  public Map<String, String> differing(SettingsVersion other) {
    Map<String, String> theirs = other.settings.fields();
    Map<String, String> differing = new LinkedHashMap<>(settings.fields());
    differing
        .entrySet()
        .removeIf(mine -> Objects.equals(mine.getValue(), theirs.get(mine.getKey())));
    return differing;
  }
}
