package dev.kvasir.ra;

import dev.kvasir.inference.Model;
import dev.kvasir.inference.Sequence;
import dev.kvasir.inference.SequenceRequest;
import dev.kvasir.inference.TextEmbedder;
import java.util.function.BooleanSupplier;

/** What connections need of an engine. */
interface Inference {
  /** The loaded model. */
  Model model();

  /** The model that turns texts into vectors. */
  TextEmbedder embedder();

  /**
   * Starts a sequence.
   *
   * @param wanted asked while it waits; once false, the sequence is cancelled
   * @throws dev.kvasir.inference.PoolExhaustedException if it can never fit the pool
   * @throws dev.kvasir.inference.InferenceException if the engine failed
   * @throws java.util.concurrent.CancellationException if it was not wanted before it was open
   */
  Sequence open(SequenceRequest request, BooleanSupplier wanted);
}
