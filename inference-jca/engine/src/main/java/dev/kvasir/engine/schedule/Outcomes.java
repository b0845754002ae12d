package dev.kvasir.engine.schedule;

/** What becomes of computed rows, and of sequences that cannot go on. Loop's thread only. */
interface Outcomes {
  /** Takes what prefill computed last, (vocabulary). */
  void prefilled(Generation generation, float[] logits);

  /** Chooses a token from logits, (vocabulary); false if the sequence ended. */
  boolean deliver(Generation generation, float[] logits);

  /** Ends a sequence that cannot be computed, and leaves nothing of it behind. */
  void fail(Generation generation, RuntimeException reason);

  /** Ends a sequence that could be computed, but is not. */
  void end(Generation generation, RuntimeException reason);

  /** Lets in who waits for blocks, as far as they go. */
  void admit();
}
