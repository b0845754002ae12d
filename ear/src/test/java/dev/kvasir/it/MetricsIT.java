package dev.kvasir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a scrape gives is what docs/metrics.md says. */
@ExtendWith(KvasirCluster.Shared.class)
final class MetricsIT {
  private static final Pattern FAMILY = Pattern.compile("(?m)^# TYPE (kvasir_\\S+) (\\S+)$");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(kvasir_[a-z_]+)` \\| [^|]*\\| (\\w+) \\|");

  /** Of shadow policies and of tenants over their quota; there are none here. */
  private static final Set<String> NONE_YET =
      Set.of(
          "kvasir_quota_refusals_total", "kvasir_shadow_hit_ratio", "kvasir_shadow_live_hit_ratio");

  private static Map<String, String> typesByName(Pattern pattern, String text) {
    Map<String, String> types = new TreeMap<>();
    for (MatchResult found : pattern.matcher(text).results().toList()) {
      types.put(found.group(1), found.group(2));
    }
    return types;
  }

  @Test
  void scrape_everyFamily_documentedWithItsType(KvasirCluster cluster)
      throws IOException, InterruptedException {
    cluster.a().client().chat(LongNotes.of(5150), "Who is Tom?", 2);
    Map<String, String> documented =
        typesByName(ROW, Files.readString(Path.of("../docs/metrics.md")));
    Map<String, String> scraped =
        typesByName(FAMILY, cluster.a().client().get("/metrics?scope=application").body());
    // beside a histogram the exposition has the largest value of late
    scraped.keySet().removeIf(name -> name.endsWith("_max"));

    assertTrue(documented.size() > 50, documented::toString);
    assertTrue(documented.keySet().containsAll(NONE_YET), documented::toString);
    documented.keySet().removeAll(NONE_YET);
    assertEquals(documented, scraped);
    assertEquals(1, cluster.a().client().metric("kvasir_ready", ""));
  }
}
