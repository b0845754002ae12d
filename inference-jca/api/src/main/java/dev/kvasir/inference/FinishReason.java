package dev.kvasir.inference;

/** Why a sequence came to its end. */
public enum FinishReason {
  /** The model's end token, or a stop text. */
  STOP,
  /** The allowed number of new tokens, or the context, is used up. */
  LENGTH,
  /** The caller cancelled it. */
  CANCELLED
}
