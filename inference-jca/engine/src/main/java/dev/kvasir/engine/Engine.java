package dev.kvasir.engine;

import dev.kvasir.inference.Model;
import dev.kvasir.inference.Sequence;
import dev.kvasir.inference.SequenceRequest;
import java.util.concurrent.Executor;

/**
 * A loaded model, its block pool, and the one thread that runs steps on both. Safe for all threads.
 */
@SuppressWarnings("DoNotCallSuggester") // until the graph is there
public final class Engine implements AutoCloseable {
  private Engine() {}

  /**
   * Loads the model and starts the step loop.
   *
   * @param config what to load and where to run it
   * @param executor gives the loop its one thread, for as long as the engine lives
   * @throws dev.kvasir.engine.weights.ModelLoadException if the model cannot be loaded; names the
   *     file and the tensor
   */
  public static Engine start(EngineConfig config, Executor executor) {
    throw new IllegalStateException("the graph is not there yet: " + config + executor);
  }

  /** The model without a decode slot. */
  public Model model() {
    throw new IllegalStateException("the graph is not there yet");
  }

  /**
   * Starts a sequence; its leading blocks that the pool holds are taken at once.
   *
   * @throws dev.kvasir.inference.PoolExhaustedException if prompt and new tokens can never fit the
   *     pool
   * @throws dev.kvasir.inference.InferenceException if the engine has failed or was stopped
   */
  public Sequence open(SequenceRequest request) {
    throw new IllegalStateException("the graph is not there yet: " + request);
  }

  /** Ends open sequences with an error, then frees the graph and its memory. Idempotent. */
  @Override
  public void close() {}
}
