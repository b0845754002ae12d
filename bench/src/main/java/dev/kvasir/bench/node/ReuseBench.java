package dev.kvasir.bench.node;

import dev.kvasir.bench.node.BenchNode.Timed;
import dev.kvasir.bench.report.Machine;
import dev.kvasir.bench.report.Measurements;
import dev.kvasir.bench.report.Table;
import dev.kvasir.cache.grid.GridConfig.Role;
import dev.kvasir.completion.Approximation;
import dev.kvasir.completion.Blend;
import dev.kvasir.completion.CachePolicy;
import dev.kvasir.completion.CompletionRequest;
import dev.kvasir.completion.Passages;
import dev.kvasir.completion.Priority;
import dev.kvasir.completion.RequestId;
import dev.kvasir.completion.Sharing;
import dev.kvasir.engine.Engine;
import dev.kvasir.engine.EngineConfig;
import dev.kvasir.engine.EngineConfig.Device;
import dev.kvasir.engine.EngineConfig.Precision;
import dev.kvasir.inference.SamplingParams;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The same passages in other orders: what reusing them wherever they stood saves, and how far its
 * answers are from exact ones.
 */
public final class ReuseBench {
  /*
   * Of each set of passages the first order is computed exactly, once, with its passages marked. All
   * other orders are asked one question each, computed in full and served by each policy. What was
   * computed in full is not published, so nothing but the passages is there to be reused; answers of
   * policies that recompute all must be the exact ones.
   */
  private static final int SETS = 3;
  private static final int ORDERS = 9;
  private static final int ANSWER_TOKENS = 12;
  private static final String EXACT = "exact";
  private static final List<String> FIGURES = List.of("ttft", "reused", "kl", "agreement", "right");
  private static final List<String> UNITS = List.of("ms", "1", "nats", "1", "1");

  private final PrintStream out;
  private final Measurements measurements = new Measurements();
  private final Map<String, List<double[]>> seen = new LinkedHashMap<>(); // figures, by system

  /** Prints to {@code out}. */
  public ReuseBench(PrintStream out) {
    this.out = out;
  }

  /** Measures, prints the table and gives the figures. */
  public Measurements run(Path model) throws IOException {
    ScheduledExecutorService executor = Executors.newScheduledThreadPool(4);
    EngineConfig config = new EngineConfig(model, Precision.AUTO, Device.CPU, 2_048, 0);
    try (Engine engine = Engine.start(config, executor);
        BenchNode node =
            new BenchNode(BenchNode.loopback(List.of(), Role.MEMBER), engine, executor)) {
      measure(node, new PersonNotes(0), 1); // to warm up
      seen.clear();
      for (int set = 1; set <= SETS; set++) {
        measure(node, new PersonNotes(set), ORDERS);
      }
      out.printf("%s, %s%n", engine.model().info().id(), Machine.facts());
      report();
      return measurements;
    } finally {
      executor.shutdownNow();
    }
  }

  private void measure(BenchNode node, PersonNotes notes, int orders) {
    Random random = new Random(notes.passages().hashCode());
    List<Integer> order =
        new ArrayList<>(IntStream.range(0, notes.passages().size()).boxed().toList());
    ask(node, new OrderedNotes(notes, order, 0), CachePolicy.USE, null);
    node.awaitPublished();
    for (int i = 0; i < orders; i++) {
      Collections.shuffle(order, random);
      OrderedNotes asked =
          new OrderedNotes(notes, List.copyOf(order), random.nextInt(notes.people()));
      Timed exact = ask(node, asked, CachePolicy.OFF, null);
      float[] exactLogits = node.firstLogits();
      note(EXACT, asked, exact, 0, 1);
      for (Blend blend : MeasuredBlends.ALL) {
        Timed other = ask(node, asked, CachePolicy.USE, blend);
        double kl = AnswerDistance.divergence(exactLogits, node.firstLogits());
        note(
            MeasuredBlends.label(blend),
            asked,
            other,
            kl,
            AnswerDistance.agreement(exact.tokens(), other.tokens()));
        if (MeasuredBlends.recomputeAll(blend) && kl > 0) {
          measurements.fail("with all rows recomputed the logits deviate by %s nats".formatted(kl));
        }
      }
    }
  }

  private static Timed ask(
      BenchNode node, OrderedNotes asked, CachePolicy cache, @Nullable Blend blend) {
    return node.complete(
        new CompletionRequest(
            "bench",
            asked.prompt(),
            SamplingParams.GREEDY,
            ANSWER_TOKENS,
            1,
            cache,
            Sharing.WIDEST,
            Priority.NORMAL,
            System.nanoTime(),
            RequestId.random(),
            new Passages(asked.marked(), blend)));
  }

  private void note(String system, OrderedNotes asked, Timed timed, double kl, double agreement) {
    Approximation approximation = timed.completion().cache().approximation();
    int reused = approximation == null ? 0 : approximation.reusedTokens();
    double[] figures = {
      timed.firstTokenMillis(),
      (double) reused / timed.completion().promptTokens(),
      kl,
      agreement,
      asked.notes().isRight(asked.person(), timed.completion().text()) ? 1 : 0
    };
    seen.computeIfAbsent(system, any -> new ArrayList<>()).add(figures);
  }

  private void report() {
    Table table =
        new Table("policy", "TTFT ms", "of exact", "reused", "KL nats", "agreement", "right");
    double exactMillis = 0;
    for (String system : seen.keySet()) {
      double[] means = means(system);
      double millis = measurements.find("passages", system, FIGURES.get(0)).orElseThrow().value();
      exactMillis = system.equals(EXACT) ? millis : exactMillis;
      table.add(
          List.of(
              system,
              format("%.0f", millis),
              format("%.2f", millis / exactMillis),
              format("%.2f", means[1]),
              format("%.4f", means[2]),
              format("%.2f", means[3]),
              format("%.2f", means[4])));
    }
    table.print(out);
    out.printf(
        "%d orders of %d sets of passages; TTFT medians, all else means%n", SETS * ORDERS, SETS);
  }

  /** Adds a system's figures to the measurements; gives their means. */
  private double[] means(String system) {
    List<double[]> rows = seen.getOrDefault(system, List.of());
    double[] means = new double[FIGURES.size()];
    for (int figure = 0; figure < means.length; figure++) {
      int column = figure;
      List<Double> values = rows.stream().map(row -> row[column]).toList();
      measurements.add("passages", system, FIGURES.get(figure), UNITS.get(figure), values);
      means[figure] = values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }
    return means;
  }

  private static String format(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
  }
}
