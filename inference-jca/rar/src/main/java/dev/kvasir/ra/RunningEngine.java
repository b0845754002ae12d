package dev.kvasir.ra;

import dev.kvasir.engine.Engine;
import dev.kvasir.engine.EngineConfig;
import dev.kvasir.engine.embed.MiniLm;
import dev.kvasir.inference.Model;
import dev.kvasir.inference.Sequence;
import dev.kvasir.inference.SequenceRequest;
import dev.kvasir.inference.TextEmbedder;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * The engine of a started adapter.
 *
 * @param engine itself
 * @param model as callers see it
 * @param vectors the model of vectors
 * @param embedder the same, as callers see it
 */
record RunningEngine(Engine engine, Model model, MiniLm vectors, TextEmbedder embedder)
    implements Inference, AutoCloseable {
  /**
   * Starts an engine.
   *
   * @param executor gives it threads
   */
  static RunningEngine start(EngineConfig config, Executor executor) {
    ContextLoader context = ContextLoader.ofAdapter();
    Engine engine = context.call(() -> Engine.start(config, context.around(executor)));
    MiniLm vectors = new MiniLm();
    return new RunningEngine(
        engine,
        new AdapterModel(engine.model(), context),
        vectors,
        new AdapterEmbedder(vectors, context));
  }

  @Override
  public Sequence open(SequenceRequest request, BooleanSupplier wanted) {
    return engine.open(request, wanted);
  }

  /** Ends all sequences, and gives back what either model holds. */
  @Override
  public void close() {
    try {
      engine.close();
    } finally {
      vectors.close();
    }
  }
}
