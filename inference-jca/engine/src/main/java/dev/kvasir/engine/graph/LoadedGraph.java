package dev.kvasir.engine.graph;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Op;
import org.tensorflow.types.family.TFloating;

/** LLaMA's graph in a session that holds its weights, and a pool of zeros. */
final class LoadedGraph<T extends TFloating> implements AutoCloseable {
  final LlamaGraph<T> llama;
  final Class<T> type;
  final Session session;
  private final Graph graph;

  /**
   * Builds the graph and loads its weights.
   *
   * @throws dev.kvasir.engine.weights.ModelLoadException if a tensor cannot be read, or weights and
   *     pool do not fit the memory
   */
  LoadedGraph(WeightLoader weights, GraphShape shape, Class<T> type, KernelForm form) {
    this.type = type;
    this.graph = new Graph();
    try {
      this.llama = new LlamaGraph<>(graph, shape, type, form);
      this.session = open(weights, shape);
    } catch (RuntimeException | Error e) {
      graph.close();
      throw e;
    }
  }

  /** A session with its weights; the graph can be closed if there is none. */
  private Session open(WeightLoader weights, GraphShape shape) {
    Session opened = new Session(graph, SessionOptions.CONFIG);
    try {
      initialize(opened.runner(), weights, shape);
      return opened;
    } catch (RuntimeException | Error e) {
      opened.close();
      throw e;
    }
  }

  private void initialize(Session.Runner runner, WeightLoader weights, GraphShape shape) {
    Map<Variables.Weight<?>, TFloating> tensors = new LinkedHashMap<>();
    try {
      for (Variables.Weight<T> weight : llama.variables.weights().values()) {
        T tensor = Tensor.of(type, weight.shape());
        tensors.put(weight, tensor);
        runner.feed(weight.source(), tensor);
        weight.assigns().forEach(runner::addTarget);
      }
      weights.fill(tensors, shape);
      for (Op initializer : llama.variables.poolInitializers()) {
        runner.addTarget(initializer);
      }
      GraphFailure.guardedLoad(() -> runner.run().close(), shape, weights.type());
    } finally {
      tensors.values().forEach(Tensor::close);
    }
  }

  /** Frees the graph, the weights and the pool. */
  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
