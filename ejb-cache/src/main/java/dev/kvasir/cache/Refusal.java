package dev.kvasir.cache;

import java.util.Locale;

/** Why a well-formed request was refused. */
public enum Refusal {
  /** No decode slot became free in time. */
  NO_SLOT,
  /** As many requests as may wait for a decode slot, and this one has the least right to. */
  QUEUE_FULL,
  /** Others held the blocks of the engine's pool that the prompt needs for too long. */
  NO_BLOCKS,
  /** Too many completions are on their way already. */
  NO_PLACE,
  /** The node is being drained. */
  DRAINING,
  /** Prompt and new tokens do not fit the model's context. */
  CONTEXT_LENGTH,
  /** Prompt and new tokens can never fit the engine's pool. */
  POOL,
  /** The prompt cannot be rendered, or is empty. */
  PROMPT,
  /** Answers cannot be kept to the response format. */
  FORMAT;

  /** Name of the counter of refused requests, which is tagged with the reason. */
  public static final String METRIC = "kvasir_requests_refused";

  /** What that counter says of itself. */
  public static final String DESCRIPTION =
      "well-formed requests that were refused: no decode slot came free in time;"
          + " `kvasir.queue.length` wait already; others held the blocks that the prompt needs for"
          + " `kvasir.open.wait.millis`; `kvasir.http.max.completions` are on their way already; the"
          + " node is being drained; too long for the context, or ever for the engine's pool; the prompt cannot be rendered;"
          + " answers cannot be kept to the response format";

  /** The name in metrics: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
