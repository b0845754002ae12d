package dev.kvasir.completion;

import dev.kvasir.inference.ModelInfo;

/** Completes prompts with the loaded model, sharing K/V with all nodes. Safe for all threads. */
public interface CompletionService {
  /**
   * Facts of the loaded model.
   *
   * @throws CompletionFailedException if engine or adapter failed
   */
  ModelInfo model();

  /**
   * Completes a prompt. Returns when all answers are finished, or the sink has cancelled them; it
   * has seen each token by then, those of several answers in turn.
   *
   * @throws ContextLengthExceededException if prompt and new tokens do not fit the context
   * @throws CompletionRefusedException if the prompt cannot be rendered, or can never fit the pool
   * @throws FormatRefusedException if the response format is not supported
   * @throws NoDecodeSlotException if no decode slot became free in time
   * @throws CompletionFailedException if engine or adapter failed
   * @throws IllegalStateException to other applications of the server, while Kvasir is not started
   */
  Completion complete(CompletionRequest request, TokenSink sink);
}
