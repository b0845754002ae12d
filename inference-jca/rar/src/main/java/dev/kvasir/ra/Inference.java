package dev.kvasir.ra;

import dev.kvasir.inference.Model;
import dev.kvasir.inference.Sequence;
import dev.kvasir.inference.SequenceRequest;
import java.util.function.BooleanSupplier;

/** What a decode slot needs of an engine. */
interface Inference {
  /** The loaded model. */
  Model model();

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
