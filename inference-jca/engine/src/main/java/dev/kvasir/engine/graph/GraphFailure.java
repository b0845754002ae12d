package dev.kvasir.engine.graph;

import dev.kvasir.engine.weights.ModelLoadException;
import dev.kvasir.engine.weights.NumberType;
import dev.kvasir.inference.InferenceException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;
import org.tensorflow.exceptions.TFResourceExhaustedException;

/** What a failing run of TensorFlow is to callers. */
final class GraphFailure {
  /*
   * TensorFlow's exceptions have no class in common but RuntimeException. What they say is for the log: it is about our
   * graph, and the caller's message may go to a client.
   *
   * Memory that is not there is one of them where TensorFlow allocates, and an OutOfMemoryError where its Java side
   * does; neither leaves anything half done but the blocks that the step was to write. Where oneDNN finds none, its
   * own exception ends the process: TensorFlow does not catch it, and nobody else can.
   */

  private static final Logger LOG = System.getLogger(GraphFailure.class.getName());

  private GraphFailure() {}

  /**
   * What a run gives.
   *
   * @throws InferenceException if it fails
   */
  static <R> R guarded(Supplier<R> run) {
    try {
      return run.get();
    } catch (TFResourceExhaustedException | OutOfMemoryError e) {
      LOG.log(Level.ERROR, "KVASIR-EN07 the graph found no memory", e);
      throw new InferenceException(
          "the graph found no memory; KVASIR-EN07 in the server's log says what for", e);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "KVASIR-EN04 the graph failed", e);
      throw new InferenceException("the graph failed; KVASIR-EN04 in the server's log says why", e);
    }
  }

  /**
   * Runs what puts weights and pool into memory. A lack of it is not always called so: what fails
   * may be TensorFlow's rewriting of the graph, which tries constants.
   *
   * @throws ModelLoadException if it fails
   */
  static void guardedLoad(Runnable run, GraphShape shape, NumberType numbers) {
    try {
      run.run();
    } catch (RuntimeException | OutOfMemoryError e) {
      throw new ModelLoadException(
          ("weights (%,d MiB) and pool (%,d MiB) of %s could not be put into memory; if there is no"
                  + " room for both, choose a smaller pool or a smaller model. TensorFlow says: %s")
              .formatted(
                  (shape.model().parameters() * numbers.bytes()) >> 20,
                  (shape.poolBlocks() * shape.blockBytes(numbers)) >> 20,
                  shape.model().id(),
                  String.valueOf(e.getMessage()).lines().findFirst().orElse("nothing")),
          e);
    }
  }
}
