package dev.kvasir.bench.node;

import dev.kvasir.bench.node.BenchNode.Timed;
import dev.kvasir.bench.report.Machine;
import dev.kvasir.bench.report.Measurements;
import dev.kvasir.cache.RecomputeChecks;
import dev.kvasir.cache.grid.GridConfig.Role;
import dev.kvasir.completion.CachePolicy;
import dev.kvasir.completion.CacheReport;
import dev.kvasir.engine.Engine;
import dev.kvasir.engine.EngineConfig;
import dev.kvasir.inference.Model;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** Time to first token of a long shared prompt with a new question, by where its K/V comes from. */
public final class QuickBench {
  /*
   * One engine, three grid members: "alone" is a cluster of one, so that whatever it reads is local; "reader" owns no
   * partition in a cluster with "holder", so that whatever it reads is remote. Each repeat takes a document of its own
   * and goes through all cases in turn, so that a slow minute of the machine slows all of them. Each answer is compared
   * with the one without cache: a figure of an unequal answer would be worth nothing.
   *
   * After each load there is time to compute its blocks once more, which says how right the estimate was that
   * loading is compared with.
   */

  private enum Case {
    COLD,
    POOL,
    NEAR,
    LOCAL,
    REMOTE
  }

  private static final int PREFIX_TOKENS = 960;
  private static final int QUESTION_TOKENS = 40;
  private static final int ANSWER_TOKENS = 8;
  private static final int DECODED_TOKENS = 64;
  private static final int WARM_UP = 2;
  private static final int REPEATS = 7;

  private final PrintStream out;
  private final Map<Case, List<Double>> millis = new EnumMap<>(Case.class);
  private final List<Double> decodeMillis = new ArrayList<>();
  private final Map<String, RecomputeChecks> checks = new LinkedHashMap<>();
  private @Nullable CacheReport shown;

  /** Prints to {@code out}. */
  public QuickBench(PrintStream out) {
    this.out = out;
  }

  /** Measures, prints the table and gives the figures. */
  public Measurements run(Path modelPath) throws IOException {
    ScheduledExecutorService executor = Executors.newScheduledThreadPool(4);
    try (Engine engine = Engine.start(EngineConfig.of(modelPath), executor)) {
      try (BenchNode alone =
              new BenchNode(BenchNode.loopback(List.of(), Role.MEMBER), engine, executor);
          BenchNode holder =
              new BenchNode(BenchNode.loopback(List.of(), Role.MEMBER), engine, executor);
          BenchNode reader =
              new BenchNode(
                  BenchNode.loopback(List.of(holder.address()), Role.LITE), engine, executor)) {
        holder.clearNear();
        for (int round = 0; round < WARM_UP + REPEATS; round++) {
          measure(alone, reader, new Documents(engine.model(), round), round >= WARM_UP);
        }
        checks.put("alone", alone.stats().recomputes());
        checks.put("reader", reader.stats().recomputes());
      }
      return report(engine.model());
    } finally {
      executor.shutdownNow();
    }
  }

  private void measure(BenchNode alone, BenchNode reader, Documents documents, boolean counts) {
    String document = documents.text(PREFIX_TOKENS);
    String prompt = document + documents.text(QUESTION_TOKENS);
    Timed cold = alone.complete(prompt, ANSWER_TOKENS, CachePolicy.OFF);
    add(Case.COLD, cold, cold, counts);

    alone.complete(document + documents.text(QUESTION_TOKENS), 1, CachePolicy.USE);
    reader.complete(document + documents.text(QUESTION_TOKENS), 1, CachePolicy.USE);
    alone.awaitPublished();
    reader.awaitPublished();
    add(Case.POOL, alone.complete(prompt, ANSWER_TOKENS, CachePolicy.USE), cold, counts);

    alone.clearPool();
    alone.clearNear();
    add(Case.LOCAL, loaded(alone, prompt), cold, counts);

    alone.clearPool();
    add(Case.NEAR, loaded(alone, prompt), cold, counts);

    reader.clearPool();
    reader.clearNear();
    add(Case.REMOTE, loaded(reader, prompt), cold, counts);

    if (counts) {
      long start = System.nanoTime();
      Timed decoded = alone.complete(prompt, DECODED_TOKENS, CachePolicy.USE);
      double total = (System.nanoTime() - start) / 1e6;
      decodeMillis.add((total - decoded.firstTokenMillis()) / (DECODED_TOKENS - 1));
    }
  }

  /** Has a prompt answered with blocks that are loaded, and these computed once more. */
  private static Timed loaded(BenchNode node, String prompt) {
    long before = node.checkedLoads();
    Timed timed = node.complete(prompt, ANSWER_TOKENS, CachePolicy.USE);
    if (timed.completion().cache().estimate() != null) {
      node.awaitChecked(before + 1);
    }
    return timed;
  }

  private void add(Case testCase, Timed timed, Timed cold, boolean counts) {
    CacheReport report = timed.completion().cache();
    if (!timed.completion().text().equals(cold.completion().text())) {
      throw new IllegalStateException(testCase + " gave another answer than the cold run");
    }
    int expected = PREFIX_TOKENS - PREFIX_TOKENS % 64;
    int taken =
        switch (testCase) {
          case COLD -> expected - report.cachedTokens();
          case POOL -> report.poolTokens();
          case NEAR -> report.nearTokens();
          case LOCAL -> report.localTokens();
          case REMOTE -> report.remoteTokens();
        };
    if (taken != expected) {
      throw new IllegalStateException(
          "%s should take %d tokens from there, but: %s".formatted(testCase, expected, report));
    }
    if (counts) {
      millis.computeIfAbsent(testCase, unused -> new ArrayList<>()).add(timed.firstTokenMillis());
      shown = report;
    }
  }

  private Measurements report(Model model) {
    Measurements measurements = new Measurements();
    out.printf(
        "%s, %s %s, %s; %d cached + %d new tokens, %d repeats%n",
        model.info().id(),
        model.info().layout().type(),
        model.info().kernelForm(),
        Machine.facts(),
        PREFIX_TOKENS,
        QUESTION_TOKENS,
        REPEATS);
    out.printf("%-8s %12s %12s %12s %8s%n", "case", "TTFT ms", "low", "high", "of cold");
    double coldMillis = 0;
    for (Case testCase : List.of(Case.COLD, Case.POOL, Case.NEAR, Case.LOCAL, Case.REMOTE)) {
      String name = testCase.name().toLowerCase(Locale.ROOT);
      Measurements.Row row =
          measurements.add(name, "kvasir", "ttft", "ms", millis.getOrDefault(testCase, List.of()));
      coldMillis = testCase == Case.COLD ? row.value() : coldMillis;
      out.printf(
          "%-8s %12.1f %12.1f %12.1f %7.1f%%%n",
          name, row.value(), row.low(), row.high(), 100 * row.value() / coldMillis);
    }
    Measurements.Row decode =
        measurements.add("decode", "kvasir", "inter-token", "ms", decodeMillis);
    out.printf(
        "%-8s %12.1f %12.1f %12.1f   per token%n",
        "decode", decode.value(), decode.low(), decode.high());
    checks.forEach((node, checked) -> reportChecks(node, checked, measurements));
    out.println("answers equal to the cold run's in every case; last report: " + shown);
    return measurements;
  }

  private void reportChecks(String node, RecomputeChecks checked, Measurements measurements) {
    if (checked.measured() > 0) {
      measurements.add(node, "kvasir", "recompute-error", "1", List.of(checked.errorP50()));
      out.printf(
          "%-8s recompute estimate of %d loads off by %.0f%% (median), %.0f%% (p90); %d within %.0f%%%n",
          node,
          checked.measured(),
          100 * checked.errorP50(),
          100 * checked.errorP90(),
          checked.within(),
          100 * RecomputeChecks.TOLERANCE);
    }
  }

  /** Texts of random words with a known number of tokens, the same for the same round. */
  private static final class Documents {
    private final Model model;
    private final Random random;

    Documents(Model model, int round) {
      this.model = model;
      this.random = new Random(round);
    }

    /** A text that gives this many tokens wherever it stands after a full stop. */
    String text(int tokens) {
      StringBuilder text = new StringBuilder();
      while (size(text) < tokens - 1) {
        int length = text.length();
        text.append(' ').append(word());
        if (size(text) > tokens - 1) {
          text.setLength(length);
        }
      }
      return text.append('.').toString();
    }

    private int size(CharSequence text) {
      return model.tokenize(text.toString(), false).size();
    }

    private String word() {
      StringBuilder word = new StringBuilder();
      for (int i = 0; i < 2 + random.nextInt(4); i++) {
        word.append((char) ('a' + random.nextInt(26)));
      }
      return word.toString();
    }
  }
}
