package dev.kvasir.bench.profile;

import dev.kvasir.bench.report.Machine;
import dev.kvasir.bench.report.Measurements;
import dev.kvasir.bench.report.Table;
import dev.kvasir.engine.Engine;
import dev.kvasir.engine.EngineConfig;
import dev.kvasir.engine.graph.GraphSession;
import dev.kvasir.engine.graph.GraphShape;
import dev.kvasir.engine.graph.KernelProbe;
import dev.kvasir.engine.graph.PagedGraph;
import dev.kvasir.engine.graph.StepInput;
import dev.kvasir.engine.paged.BlockTable;
import dev.kvasir.engine.weights.Checkpoint;
import dev.kvasir.engine.weights.NumberType;
import dev.kvasir.engine.weights.load.Checkpoints;
import dev.kvasir.inference.KvType;
import dev.kvasir.inference.ModelInfo;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** Time per type of operation in prefill and decode steps, as TensorFlow traces it. */
public final class ProfileBench {
  private static final int BLOCK_SIZE = BlockTable.BLOCK_SIZE;
  private static final int WARM_UP = 3;
  private static final int REPEATS = 5;
  private static final int SHOWN = 16;

  /**
   * One step.
   *
   * @param rows sequences in it
   * @param tokens of each
   * @param past tokens of each that are computed already; a whole number of blocks in prefill
   */
  private record Step(String name, int rows, int tokens, int past) {
    int blocks() {
      return (past + tokens + BLOCK_SIZE - 1) / BLOCK_SIZE;
    }

    /** Each sequence on blocks of its own; what they hold does not matter. */
    StepInput input(int vocabulary) {
      int count = rows * tokens;
      int[] ids = new Random(1).ints(count, 0, vocabulary).toArray();
      int[] positions = IntStream.range(0, count).map(i -> past + i % tokens).toArray();
      int[][] tables = new int[rows][];
      Arrays.setAll(
          tables,
          row ->
              IntStream.range(0, blocks())
                  .map(i -> PagedGraph.FIRST_BLOCK + row * blocks() + i)
                  .toArray());
      int[] writeBlocks =
          IntStream.range(0, count)
              .map(i -> tables[i / tokens][positions[i] / BLOCK_SIZE])
              .toArray();
      int[] writeOffsets = Arrays.stream(positions).map(at -> at % BLOCK_SIZE).toArray();
      int[] logitRows = IntStream.range(0, rows).map(row -> (row + 1) * tokens - 1).toArray();
      return new StepInput(ids, positions, writeBlocks, writeOffsets, tables, logitRows);
    }
  }

  private static final List<Step> STEPS =
      List.of(
          new Step("prefill-512", 1, 512, 0),
          new Step("suffix-64@512", 1, 64, 512),
          new Step("decode-1@512", 1, 1, 512),
          new Step("decode-8@512", 8, 1, 512),
          new Step("decode-16@2048", 16, 1, 2_048));

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
    try (Checkpoint checkpoint = Checkpoints.open(model)) {
      List<Step> steps =
          STEPS.stream()
              .filter(step -> step.past() + step.tokens() <= info.contextTokens())
              .toList();
      int poolBlocks =
          PagedGraph.FIRST_BLOCK
              + steps.stream().mapToInt(step -> step.rows() * step.blocks()).max().orElse(1);
      GraphShape shape =
          new GraphShape(checkpoint.config(), info.contextTokens(), poolBlocks, BLOCK_SIZE);
      try (GraphSession graph =
          new GraphSession(checkpoint, shape, numbers, KernelProbe.fastest(numbers))) {
        steps.forEach(step -> profile(graph, step, info.vocabularySize()));
      }
    }
    return measurements;
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

  private void profile(GraphSession graph, Step step, int vocabulary) {
    StepInput input = step.input(vocabulary);
    List<Double> wall = new ArrayList<>();
    for (int i = 0; i < WARM_UP + REPEATS; i++) {
      long start = System.nanoTime();
      graph.step(input);
      if (i >= WARM_UP) {
        wall.add((System.nanoTime() - start) / 1e6);
      }
    }
    Measurements.Row whole = measurements.add(step.name(), "kvasir", "step", "ms", wall);
    OperationTimes times = new OperationTimes(graph.trace(input));
    out.printf(
        Locale.ROOT,
        "%n%s: a step takes %.1f ms; operations of a traced one add up to %.1f ms%n",
        step.name(),
        whole.value(),
        times.totalMillis());
    Table table = new Table("operation", "ms", "share", "count");
    for (OperationTimes.Operation operation : times.all().stream().limit(SHOWN).toList()) {
      measurements.add(step.name(), "kvasir", operation.type(), "ms", List.of(operation.millis()));
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
