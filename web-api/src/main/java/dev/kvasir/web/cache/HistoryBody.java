package dev.kvasir.web.cache;

import dev.kvasir.cache.SettingsVersion;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who changed which settings when.
 *
 * @param versions the newest first
 */
public record HistoryBody(List<Version> versions) {
  /**
   * One change.
   *
   * @param version its number
   * @param etag that the settings had with it
   * @param who made it
   * @param at ISO 8601, UTC
   * @param revertOf version that it brought back; absent for none
   * @param before what it changed, as it was; empty for the first version
   * @param after and as it was from then on; all settings for the first version
   */
  @JsonbPropertyOrder({"version", "etag", "who", "at", "revertOf", "before", "after"})
  public record Version(
      long version,
      String etag,
      String who,
      String at,
      @Nullable Long revertOf,
      Map<String, String> before,
      Map<String, String> after) {}

  /** Of versions of which each follows the next one in the list. */
  static HistoryBody of(List<SettingsVersion> versions) {
    List<Version> body = new ArrayList<>();
    for (int i = 0; i < versions.size(); i++) {
      SettingsVersion version = versions.get(i);
      if (i + 1 < versions.size()) {
        SettingsVersion older = versions.get(i + 1);
        body.add(version(version, older.differing(version), version.differing(older)));
      } else if (version.number() == 1) {
        body.add(version(version, Map.of(), version.settings().fields()));
      }
    }
    return new HistoryBody(body);
  }

  private static Version version(
      SettingsVersion version, Map<String, String> before, Map<String, String> after) {
    SettingsVersion.Change change = version.change();
    return new Version(
        version.number(),
        '"' + version.tag() + '"',
        change.who(),
        change.at().toString(),
        change.revertOf() == 0 ? null : change.revertOf(),
        before,
        after);
  }
}
