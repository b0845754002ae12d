package dev.kvasir.cache.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus' own tool reads what we give to Prometheus, where it is installed. */
final class PromtoolTest {
  private static final Path DOCS = Path.of("../docs");
  private static final int SECONDS = 30;

  @TempDir Path folder;

  @BeforeEach
  void needsPromtool() {
    assumeTrue(
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "promtool"))),
        "promtool is not installed here; apt-get install prometheus");
  }

  @Test
  void rules_checkedAndTried_allWell() throws Exception {
    promtool("check", "rules", DOCS.resolve("prometheus/rules.yml"));
    promtool("test", "rules", DOCS.resolve("prometheus/rules_test.yml"));
  }

  /** It has no command for queries, but checks those of recorded rules. */
  @Test
  void dashboard_everyQuery_isOne() throws Exception {
    List<String> queries = MonitoringTest.dashboardQueries();
    assertTrue(queries.size() > 10, queries::toString);
    List<String> lines = new ArrayList<>(List.of("groups:", "- name: dashboard", "  rules:"));
    for (int i = 0; i < queries.size(); i++) {
      lines.add("  - record: query:%d".formatted(i));
      lines.add("    expr: '%s'".formatted(plain(queries.get(i)).replace("'", "''")));
    }
    promtool("check", "rules", Files.write(folder.resolve("queries.yml"), lines));
  }

  /** With values for the variables that Grafana fills in. */
  private static String plain(String query) {
    return query.replace("$__rate_interval", "5m").replaceAll("\\$[a-z_]+", ".*");
  }

  private void promtool(String command, String what, Path file)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder("promtool", command, what, file.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    String said = Files.readString(output, StandardCharsets.UTF_8);
    assertTrue(ended, said);
    assertEquals(0, process.exitValue(), said);
  }
}
