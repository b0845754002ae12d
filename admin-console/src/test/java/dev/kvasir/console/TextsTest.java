package dev.kvasir.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.cache.AdmissionKind;
import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.LoadRule;
import dev.kvasir.cache.Source;
import dev.kvasir.cache.alerts.Alert;
import dev.kvasir.cache.alerts.AlertRule;
import dev.kvasir.cache.audit.AuditEvent.Outcome;
import dev.kvasir.cache.browse.PromptText;
import dev.kvasir.cache.tenants.KeyRole;
import dev.kvasir.completion.MissReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextsTest {
  private static final Pattern KEY_IN_PAGE = Pattern.compile("text\\['([^']+)'\\]");

  private final ResourceBundle texts = ResourceBundle.getBundle(Texts.BUNDLE, Locale.ENGLISH);

  @Test
  void bundle_everyEnum_hasItsTexts() {
    List<String> keys = new ArrayList<>();
    Stream.of(Source.values()).forEach(source -> keys.add("source." + source.label()));
    Stream.of(MissReason.values()).forEach(reason -> keys.add("miss." + reason.label()));
    Stream.of(EvictionKind.values()).forEach(kind -> keys.add("policy.eviction." + kind));
    Stream.of(AdmissionKind.values()).forEach(kind -> keys.add("policy.admission." + kind));
    Stream.of(LoadRule.values()).forEach(rule -> keys.add("policy.load." + rule));
    Stream.of("policy", "removed", "expired", "lost").forEach(cause -> keys.add("cause." + cause));
    Stream.of(PromptText.Kind.values()).forEach(kind -> keys.add("blocks.kind." + kind));
    Stream.of(Alert.State.values()).forEach(state -> keys.add("alerts.state." + state));
    Stream.of(AlertRule.Severity.values()).forEach(one -> keys.add("alerts.severity." + one));
    Stream.of(KeyRole.values()).forEach(role -> keys.add("tenants.role." + role));
    Stream.of("SHARES", "PARTLY", "AWAITED", "WAITS").forEach(s -> keys.add("groups.state." + s));
    Stream.of(Outcome.values()).forEach(outcome -> keys.add("audit.result." + outcome));
    Stream.of("closed", "open", "half_open").forEach(s -> keys.add("dashboard.circuit." + s));
    assertEquals(List.of(), missing(keys));
  }

  @Test
  void bundle_everyPage_hasItsTexts() throws IOException {
    List<String> keys =
        KEY_IN_PAGE
            .matcher(sources("src/main/webapp", ".xhtml"))
            .results()
            .map((MatchResult match) -> match.group(1))
            .toList();
    assertEquals(List.of(), missing(keys));
  }

  /** Whole, or as the family that an enum's label is put behind. */
  @Test
  void bundle_everyText_isUsed() throws IOException {
    String all = sources("src/main/webapp", ".xhtml") + sources("src/main/java", ".java");
    List<String> unused =
        texts.keySet().stream()
            .filter(key -> !all.contains("'" + key + "'") && !all.contains('"' + key + '"'))
            .filter(key -> !all.contains(family(key) + "'") && !all.contains(family(key) + '"'))
            .toList();
    assertEquals(List.of(), unused);
  }

  private static String family(String key) {
    return key.substring(0, key.lastIndexOf('.') + 1);
  }

  @Test
  void of_choice_countsInWords() {
    assertEquals("Unpinned 1 block.", Texts.of("blocks.unpinned", 1));
    assertEquals("Unpinned 1,200 blocks.", Texts.of("blocks.unpinned", 1200));
  }

  private List<String> missing(List<String> keys) {
    return keys.stream().filter(key -> !texts.containsKey(key)).toList();
  }

  private static String sources(String folder, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(folder))) {
      return files
          .filter(file -> file.toString().endsWith(ending))
          .map(TextsTest::read)
          .collect(Collectors.joining());
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
