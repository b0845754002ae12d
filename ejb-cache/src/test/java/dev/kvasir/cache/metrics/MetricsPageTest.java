package dev.kvasir.cache.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class MetricsPageTest {
  /** Set to write the page instead of comparing it. */
  private static final boolean WRITE = Boolean.getBoolean("kvasir.write.docs");

  @Test
  void page_isWhatTheCodeSays() throws IOException {
    if (WRITE) {
      MetricsPage.main(new String[0]);
    }
    assertEquals(
        MetricsPage.text(),
        Files.readString(MetricsPage.FILE),
        "docs/metrics.md is stale; write it anew: mvn -o test -pl ejb-cache -am"
            + " -Dtest=MetricsPageTest -Dkvasir.write.docs=true"
            + " -Dsurefire.failIfNoSpecifiedTests=false");
  }

  @Test
  void names_arePrometheusNamesAndDifferent() {
    Set<String> seen = new HashSet<>();
    for (Metric metric : Metric.values()) {
      String name = metric.exposedName();
      assertEquals(name, name.replaceAll("[^a-z_]", ""));
      assertEquals(true, seen.add(name), name);
    }
  }
}
