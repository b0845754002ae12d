package dev.kvasir.ra;

import dev.kvasir.inference.Model;
import dev.kvasir.inference.Sequence;
import dev.kvasir.inference.SequenceRequest;

/** What a decode slot needs of an engine. */
interface Inference {
  /** The loaded model. */
  Model model();

  /**
   * Starts a sequence.
   *
   * @throws dev.kvasir.inference.PoolExhaustedException if it can never fit the pool
   * @throws dev.kvasir.inference.InferenceException if the engine failed
   */
  Sequence open(SequenceRequest request);
}
