package dev.kvasir.bench.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kvasir.bench.report.Measurements;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PolicyBenchTest {
  @TempDir Path folder;

  @Test
  void run_conversationTrace_lruAndClairvoyantAsMeasuredElsewhere() throws IOException {
    Path trace = Path.of("../../shared/traces/mooncake/conversation_trace.jsonl");
    assumeTrue(Files.exists(trace), "the recorded trace is not here");
    Measurements figures =
        run(trace, List.of(1_000, 5_000), "lru,s3-fifo,default,clairvoyant,unbounded");

    assertEquals(0.0445, ratio(figures, 1_000, "lru"), 0.003);
    assertEquals(0.1118, ratio(figures, 5_000, "lru"), 0.003);
    assertEquals(0.1907, ratio(figures, 1_000, "clairvoyant"), 0.003);
    assertEquals(0.3412, ratio(figures, 5_000, "clairvoyant"), 0.003);
    assertEquals(0.3664, ratio(figures, 1_000, "unbounded"), 0.003);
    for (int size : new int[] {1_000, 5_000}) {
      double least = 1.35 * ratio(figures, size, "lru");
      double ours = ratio(figures, size, "default");
      assertTrue(ours >= least, ours + " at " + size);
    }
  }

  @Test
  void run_synthetic_theDefaultIsNotBelowLru() throws IOException {
    for (String name : new String[] {"zipf", "scan", "loop", "multi-turn", "documents", "flood"}) {
      Measurements figures =
          new PolicyBench(
                  new PolicyBench.Choice(
                      "synthetic:" + name,
                      List.of(2_000),
                      Optional.of("lru,default"),
                      Optional.empty(),
                      Optional.empty()),
                  new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8))
              .run();
      double lru = ratio(figures, 2_000, "lru");
      assertTrue(ratio(figures, 2_000, "default") >= lru, name);
    }
  }

  /** Skewed, a loop, a flood of strangers: whatever comes, nobody beats foresight. */
  @Test
  void run_anyTrace_policiesLieBetweenNothingAndClairvoyant() throws IOException {
    Random random = new Random(3);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 6_000; i++) {
      int skewed = (int) (300 * Math.pow(random.nextDouble(), 3));
      int block = i % 3 == 0 ? skewed : i % 3 == 1 ? 1_000 + i % 200 : 2_000 + i;
      lines.append(block).append('\n');
    }
    Path trace = Files.writeString(folder.resolve("trace"), lines);

    Measurements figures = run(trace, List.of(20, 100), "");

    for (int size : new int[] {20, 100}) {
      double best = ratio(figures, size, "clairvoyant");
      for (String policy : new String[] {"lru", "sieve", "arc", "w-tinylfu", "lru+frequency"}) {
        double ratio = ratio(figures, size, policy);
        assertTrue(ratio >= 0 && ratio <= best, policy + " " + ratio + " at " + size);
      }
      assertEquals(ratio(figures, size, "reuse"), ratio(figures, size, "default"));
      assertTrue(ratio(figures, size, "default") > ratio(figures, size, "lru"));
    }
  }

  @Test
  void run_files_areWritten() throws IOException {
    Path trace = Files.writeString(folder.resolve("trace"), "1\n2\n1\n3\n1\n");
    Path csv = folder.resolve("csv");
    Path svg = folder.resolve("svg");
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    new PolicyBench(
            new PolicyBench.Choice(
                trace.toString(),
                List.of(1, 2),
                Optional.of("lru"),
                Optional.of(csv),
                Optional.of(svg)),
            new PrintStream(text, true, StandardCharsets.UTF_8))
        .run();

    assertEquals("policy,1,2\nlru,0.000000,0.400000\n", Files.readString(csv));
    assertTrue(Files.readString(svg).endsWith("</svg>\n"));
    assertTrue(text.toString(StandardCharsets.UTF_8).contains("lru            0.00  40.00"));
  }

  @Test
  void choice_bad_saysWhatThereIs() {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> Contestant.of(Optional.of("lru,mru")));
    assertTrue(String.valueOf(refusal.getMessage()).contains("'mru'; known are lru, lfu"));
    assertThrows(IllegalArgumentException.class, () -> Contestant.of(Optional.of("lru+luck")));
    assertThrows(IllegalArgumentException.class, () -> PolicyBench.Choice.sizes("10,0"));
    assertEquals(List.of(10, 20), PolicyBench.Choice.sizes("10,20"));
  }

  private static Measurements run(Path trace, List<Integer> sizes, String policies)
      throws IOException {
    return new PolicyBench(
            new PolicyBench.Choice(
                trace.toString(),
                sizes,
                Optional.of(policies).filter(names -> !names.isEmpty()),
                Optional.empty(),
                Optional.empty()),
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8))
        .run();
  }

  private static double ratio(Measurements figures, int size, String policy) {
    return figures.find(Integer.toString(size), policy, "hit-ratio").orElseThrow().value();
  }
}
