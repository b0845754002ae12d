package dev.kvasir.bench.node;

import dev.kvasir.bench.node.BenchNode.Timed;
import dev.kvasir.bench.report.Machine;
import dev.kvasir.bench.report.Measurements;
import dev.kvasir.cache.grid.GridConfig.Role;
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
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The same passages in other orders, and with edits: what reusing them wherever they stood saves,
 * and how far its answers are from exact ones.
 */
public final class ReuseBench {
  /*
   * Of each set of passages the first order is computed exactly, once, with its passages marked. All
   * other orders are asked one question each, computed in full and served by each policy. Then some
   * facts in them are changed, in the first order, and kept is what is the same. What was
   * computed in full is not published, so nothing but the passages is there to be reused; answers of
   * policies that recompute all must be the exact ones.
   */
  private static final int SETS = 3;
  private static final int ANSWER_TOKENS = 12;
  private static final String EXACT = "exact";
  private static final String REORDERED = "passages";
  private static final String EDITED = "edited";

  private final int orders;
  private final PrintStream out;
  private final Measurements measurements = new Measurements();
  private ReuseReport report = new ReuseReport(EXACT);

  /**
   * @param orders of each of {@value #SETS} sets of passages
   * @param out where it prints
   */
  public ReuseBench(int orders, PrintStream out) {
    this.orders = orders;
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
      report = new ReuseReport(EXACT);
      for (int set = 1; set <= SETS; set++) {
        measure(node, new PersonNotes(set), orders);
      }
      out.printf("%s, %s%n", engine.model().info().id(), Machine.facts());
      report.print(measurements, out);
      out.printf(
          "%d orders of %d sets of passages, as many edits; TTFT medians, all else means%n",
          SETS * orders, SETS);
      return measurements;
    } finally {
      executor.shutdownNow();
    }
  }

  private void measure(BenchNode node, PersonNotes notes, int times) {
    Random random = new Random(notes.passages().hashCode());
    List<Integer> order =
        new ArrayList<>(IntStream.range(0, notes.passages().size()).boxed().toList());
    OrderedNotes first = new OrderedNotes(notes, List.copyOf(order), 0);
    ask(node, first, CachePolicy.USE, null);
    node.awaitPublished();
    for (int i = 0; i < times; i++) {
      Collections.shuffle(order, random);
      OrderedNotes asked =
          new OrderedNotes(notes, List.copyOf(order), random.nextInt(notes.people()));
      compare(node, REORDERED, asked, MeasuredBlends.ALL);
    }
    for (int i = 0; i < times; i++) { // what was edited is computed in idle time: asked once each
      for (Blend blend : MeasuredBlends.OF_EDITED) {
        PersonNotes edited = notes.edited(random);
        OrderedNotes asked =
            new OrderedNotes(edited, first.order(), random.nextInt(notes.people()));
        compare(node, EDITED, asked, List.of(blend));
      }
    }
  }

  /** Asks once in full and once with each of some policies. */
  private void compare(BenchNode node, String workload, OrderedNotes asked, List<Blend> blends) {
    Timed exact = ask(node, asked, CachePolicy.OFF, null);
    float[] exactLogits = node.firstLogits();
    report.add(workload, EXACT, asked, new ReuseReport.Seen(exact, 0, 1));
    for (Blend blend : blends) {
      Timed other = ask(node, asked, CachePolicy.USE, blend);
      double kl = AnswerDistance.divergence(exactLogits, node.firstLogits());
      double agreement = AnswerDistance.agreement(exact.tokens(), other.tokens());
      report.add(
          workload, MeasuredBlends.label(blend), asked, new ReuseReport.Seen(other, kl, agreement));
      if (MeasuredBlends.recomputeAll(blend) && kl > 0) {
        measurements.fail("with all rows recomputed the logits deviate by %s nats".formatted(kl));
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
}
