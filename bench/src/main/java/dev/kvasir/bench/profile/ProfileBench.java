package dev.kvasir.bench.profile;

import dev.kvasir.bench.report.Machine;
import dev.kvasir.bench.report.Measurements;
import dev.kvasir.bench.report.Table;
import dev.kvasir.engine.Engine;
import dev.kvasir.engine.EngineConfig;
import dev.kvasir.engine.graph.GraphSession;
import dev.kvasir.engine.graph.GraphShape;
import dev.kvasir.engine.graph.KernelForm;
import dev.kvasir.engine.graph.KernelProbe;
import dev.kvasir.engine.graph.PagedGraph;
import dev.kvasir.engine.graph.StepInput;
import dev.kvasir.engine.paged.BlockTable;
import dev.kvasir.engine.schedule.StepProbe;
import dev.kvasir.engine.schedule.StepRules;
import dev.kvasir.engine.weights.Checkpoint;
import dev.kvasir.engine.weights.NumberType;
import dev.kvasir.engine.weights.load.Checkpoints;
import dev.kvasir.inference.KvType;
import dev.kvasir.inference.ModelInfo;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Time per type of operation in prefill and decode steps, as TensorFlow traces it. */
public final class ProfileBench {
  /** In the order of the tables. */
  static final List<ProfiledStep> STEPS =
      List.of(
          new ProfiledStep.Prefill(0, 512),
          new ProfiledStep.Prefill(512, 64),
          new ProfiledStep.Decode(1, 512),
          new ProfiledStep.Decode(8, 512),
          new ProfiledStep.Decode(16, 2_048));

  private static final int WARM_UP = 3;
  private static final int REPEATS = 5;
  private static final int SHOWN = 16;

  private final PrintStream out;
  private final Measurements measurements = new Measurements();

  public ProfileBench(PrintStream out) {
    this.out = out;
  }

  /** Traces each step, prints a table for each and gives the figures. */
  public Measurements run(Path model) {
    ModelInfo info = info(model);
    boolean bf16 = info.layout().type() == KvType.BF16;
    NumberType numbers = bf16 ? NumberType.BF16 : NumberType.F32;
    measurements.note("model", info.id());
    measurements.note("numbers", info.layout().type() + " " + info.kernelForm());
    out.printf(
        "%s, %s %s, %s; medians of %d%n",
        info.id(), info.layout().type(), info.kernelForm(), Machine.facts(), REPEATS);
    List<ProfiledStep> steps =
        STEPS.stream().filter(step -> step.positions() <= info.contextTokens()).toList();
    try (Checkpoint checkpoint = Checkpoints.open(model)) {
      GraphShape shape =
          new GraphShape(
              checkpoint.config(), info.contextTokens(), poolBlocks(steps), BlockTable.BLOCK_SIZE);
      KernelForm form = KernelProbe.fastest(numbers);
      try (GraphSession graph = new GraphSession(checkpoint, shape, numbers, form)) {
        StepRules rules = StepProbe.rules(graph, shape);
        for (ProfiledStep step : steps) {
          if (step.isRun(rules)) {
            profile(graph, step.name(), step.input(rules, info.vocabularySize()));
          } else {
            out.printf("%n%s: more than one step here%n", step.name());
          }
        }
      }
    }
    return measurements;
  }

  private static int poolBlocks(List<ProfiledStep> steps) {
    return PagedGraph.FIRST_BLOCK
        + steps.stream().mapToInt(step -> step.sequences() * step.blocks()).max().orElse(1);
  }

  /** What an engine finds out about the model and this machine. */
  private static ModelInfo info(Path model) {
    ExecutorService threads = Executors.newCachedThreadPool();
    try (Engine engine = Engine.start(EngineConfig.of(model), threads)) {
      return engine.model().info();
    } finally {
      threads.shutdownNow();
    }
  }

  private void profile(GraphSession graph, String step, StepInput input) {
    List<Double> wall = new ArrayList<>();
    for (int i = 0; i < WARM_UP + REPEATS; i++) {
      long start = System.nanoTime();
      graph.step(input);
      if (i >= WARM_UP) {
        wall.add((System.nanoTime() - start) / 1e6);
      }
    }
    Measurements.Row whole = measurements.add(step, "kvasir", "step", "ms", wall);
    OperationTimes times = new OperationTimes(graph.trace(input));
    out.printf(
        Locale.ROOT,
        "%n%s: a step takes %.1f ms; operations of a traced one add up to %.1f ms%n",
        step,
        whole.value(),
        times.totalMillis());
    Table table = new Table("operation", "ms", "share", "count");
    for (OperationTimes.Operation operation : times.all().stream().limit(SHOWN).toList()) {
      measurements.add(step, "kvasir", operation.type(), "ms", List.of(operation.millis()));
      table.add(
          List.of(
              operation.type(),
              String.format(Locale.ROOT, "%.2f", operation.millis()),
              String.format(Locale.ROOT, "%.0f%%", 100 * operation.millis() / times.totalMillis()),
              String.valueOf(operation.count())));
    }
    table.print(out);
  }
}
