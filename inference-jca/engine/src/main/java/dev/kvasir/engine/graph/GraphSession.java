package dev.kvasir.engine.graph;

import dev.kvasir.engine.weights.Checkpoint;
import dev.kvasir.engine.weights.NumberType;
import dev.kvasir.inference.InferenceException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.proto.StepStats;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * A loaded graph: runs steps, and copies blocks out of its pool and into it. Used by one thread at
 * a time.
 */
public final class GraphSession implements PagedGraph, AutoCloseable {
  private final LoadedGraph<? extends TFloating> loaded;
  private final Session session;
  private final LlamaGraph<? extends TFloating> llama;
  private final GraphShape shape;
  private final NumberType numbers;

  /**
   * Builds the graph and loads its weights.
   *
   * @throws dev.kvasir.engine.weights.ModelLoadException if a tensor cannot be read, or weights and
   *     pool do not fit the memory
   */
  public GraphSession(
      Checkpoint checkpoint, GraphShape shape, NumberType numbers, KernelForm form) {
    this.shape = shape;
    this.numbers = numbers;
    WeightLoader weights = new WeightLoader(checkpoint, numbers, form);
    this.loaded =
        numbers == NumberType.BF16
            ? new LoadedGraph<>(weights, shape, TBfloat16.class, form)
            : new LoadedGraph<>(weights, shape, TFloat32.class, form);
    this.session = loaded.session;
    this.llama = loaded.llama;
  }

  @Override
  public float[][] step(StepInput step) {
    return GraphFailure.guarded(() -> fed(step, List.of(llama.logits), FetchedRows::of));
  }

  @Override
  public float[][] values(StepInput step, int layer) {
    return GraphFailure.guarded(() -> fed(step, llama.values.get(layer), FetchedRows::of));
  }

  /**
   * Runs one step and times each of its operations; slower than {@link #step}.
   *
   * @throws InferenceException if the graph failed
   */
  public StepStats trace(StepInput step) {
    return GraphFailure.guarded(() -> fed(step, List.of(llama.logits), GraphSession::trace));
  }

  private static StepStats trace(Session.Runner runner) {
    RunOptions options =
        SessionOptions.RUN.toBuilder().setTraceLevel(RunOptions.TraceLevel.FULL_TRACE).build();
    try (Result result = runner.setOptions(options).runAndFetchMetadata()) {
      return result.getMetadata().orElseThrow().getStepStats();
    }
  }

  /** Runs the graph on a step's inputs; only then is their memory freed. */
  private <R> R fed(
      StepInput step, List<? extends Operand<?>> fetched, Function<Session.Runner, R> run) {
    StepPlaceholders in = llama.in;
    try (TInt32 tokens = TInt32.vectorOf(step.tokens());
        TInt32 positions = TInt32.vectorOf(step.positions());
        TInt32 writeBlocks = TInt32.vectorOf(step.writeBlocks());
        TInt32 writeOffsets = TInt32.vectorOf(step.writeOffsets());
        TInt32 blockTables = matrix(step.blockTables());
        TInt32 logitRows = TInt32.vectorOf(step.logitRows())) {
      Session.Runner runner =
          session
              .runner()
              .feed(in.tokens(), tokens)
              .feed(in.positions(), positions)
              .feed(in.writeBlocks(), writeBlocks)
              .feed(in.writeOffsets(), writeOffsets)
              .feed(in.blockTables(), blockTables)
              .feed(in.logitRows(), logitRows)
              .setOptions(SessionOptions.RUN);
      fetched.forEach(runner::fetch);
      return run.apply(runner);
    }
  }

  @Override
  public ByteBuffer exportBlock(int blockId) {
    return GraphFailure.guarded(() -> read(blockId));
  }

  private ByteBuffer read(int blockId) {
    try (TInt32 block = TInt32.vectorOf(blockId);
        Result result =
            session.runner().feed(llama.exportBlock, block).fetch(llama.exported).run()) {
      byte[] bytes = new byte[payloadBytes()];
      result.get(0).asRawTensor().data().read(bytes);
      return ByteBuffer.wrap(bytes);
    }
  }

  @Override
  public void importBlocks(int[] blockIds, List<ByteBuffer> payloads) {
    GraphFailure.guarded(
        () -> {
          write(blockIds, payloads);
          return true;
        });
  }

  private void write(int[] blockIds, List<ByteBuffer> payloads) {
    long[] sizes = {
      blockIds.length,
      shape.model().layers(),
      shape.rowsPerBlock(),
      shape.blockSize(),
      shape.model().headSize()
    };
    try (TInt32 blocks = TInt32.vectorOf(blockIds);
        TFloating tensor = Tensor.of(loaded.type, Shape.of(sizes))) {
      var out = tensor.asRawTensor().data();
      byte[] bytes = new byte[payloadBytes()];
      for (int i = 0; i < payloads.size(); i++) {
        payloads.get(i).get(bytes);
        out.slice((long) i * bytes.length, bytes.length).write(bytes);
      }
      Session.Runner runner =
          session.runner().feed(llama.importBlocks, blocks).feed(llama.importPayloads, tensor);
      llama.imported.forEach(runner::addTarget);
      runner.run().close();
    }
  }

  private int payloadBytes() {
    return Math.toIntExact(shape.blockBytes(numbers));
  }

  private static TInt32 matrix(int[][] rows) {
    TInt32 tensor = TInt32.tensorOf(Shape.of(rows.length, rows[0].length));
    for (int i = 0; i < rows.length; i++) {
      tensor.set(NdArrays.vectorOf(rows[i]), i);
    }
    return tensor;
  }

  /** Frees the graph, the weights and the pool. */
  @Override
  public void close() {
    loaded.close();
  }
}
