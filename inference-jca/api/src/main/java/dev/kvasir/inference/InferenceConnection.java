package dev.kvasir.inference;

import java.util.function.BooleanSupplier;

/**
 * One decode slot. Unshareable: opened, used and closed by one thread in one {@code try}.
 *
 * <p>{@link #tokenize} and {@link #applyChatTemplate} are there for callers that have a connection
 * only; they need no slot, so prefer {@link InferenceConnectionFactory#model}.
 */
public interface InferenceConnection extends AutoCloseable {
  /** The model that this slot runs. */
  Model model();

  /** {@link Model#tokenize} of this slot's model. */
  default TokenIds tokenize(String text, boolean addSpecialTokens) {
    return model().tokenize(text, addSpecialTokens);
  }

  /** {@link Model#applyChatTemplate} of this slot's model. */
  default String applyChatTemplate(Conversation conversation) {
    return model().applyChatTemplate(conversation);
  }

  /**
   * Starts the slot's one generation; the sequence before it must be closed.
   *
   * @throws IllegalStateException if the connection is closed, or its last sequence is still open
   * @throws PoolExhaustedException if the prompt and its new tokens can never fit the pool
   * @throws PoolBusyException if others hold the blocks that the prompt needs for too long, or the
   *     thread is interrupted while it waits for them
   * @throws InferenceException if the engine failed
   */
  default Sequence open(SequenceRequest request) {
    return open(request, () -> true);
  }

  /**
   * Likewise, as long as somebody waits for it.
   *
   * @param wanted asked on this thread, about once a second, whenever this or a call of the
   *     sequence waits; once false, the sequence is cancelled
   * @throws java.util.concurrent.CancellationException if that was so before it was open
   */
  Sequence open(SequenceRequest request, BooleanSupplier wanted);

  /** Gives the slot back, its sequence closed first. Idempotent. */
  @Override
  void close();
}
