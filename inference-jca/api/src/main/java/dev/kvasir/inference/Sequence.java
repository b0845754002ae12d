package dev.kvasir.inference;

import java.util.List;

/**
 * One generation: opened, loaded, prefilled, stepped and closed by one thread, in one {@code try}.
 * Only {@link #cancel} may be called by another.
 */
public interface Sequence extends AutoCloseable {
  /** Leading prompt tokens whose K/V stood in the engine's pool at open. */
  int poolTokens();

  /**
   * Puts further blocks behind those that the sequence has; checks each of them wholly.
   *
   * @param blocks the next blocks of the prompt, in order
   * @return how many were taken; the rest is left to {@link #prefill}
   * @throws InferenceException if the graph failed
   */
  LoadOutcome load(List<KvBlock> blocks);

  /**
   * Puts K/V of other prompts at their places in this one, keys turned to their new positions. From
   * then on its blocks are approximate: from the first row that was put they have no name and are
   * shared with nobody. After {@link #load}, at most once.
   *
   * @param assembly checked wholly: a run with a faulty block, or with other tokens than the prompt
   *     has there, is left out
   * @return what was taken; nothing at all where all runs are left out, so that the sequence is an
   *     ordinary one
   * @throws IllegalArgumentException if a row would stand in a block that has a name, or behind the
   *     prompt's last token but one
   * @throws InferenceException if the graph failed
   */
  AssemblyOutcome assemble(Assembly assembly);

  /**
   * Computes the rest of the prompt, at least its last token, and chooses the first token of the
   * first answer.
   *
   * @throws PoolBusyException if pool and memory are too full for it to go on
   * @throws InferenceException if the graph failed
   */
  GeneratedToken prefill();

  /**
   * Likewise, while blocks come from the end of a run backwards, each of them checked wholly. Where
   * computing reaches those that came, it goes on behind the run; what has come too late is
   * computed. The end of neither is waited for once the other is there. Not after {@link
   * #assemble}.
   *
   * @param backward gives them; asked by this thread, until computing has met them
   * @throws IllegalArgumentException if the run reaches behind the blocks that may be loaded
   * @throws PoolBusyException if pool and memory are too full for it to go on
   * @throws InferenceException if the graph failed
   */
  GeneratedToken prefill(BackwardBlocks backward);

  /** Blocks at the run's end that {@link #prefill(BackwardBlocks)} did not compute; 0 before it. */
  int metBlocks();

  /**
   * Milliseconds of the steps that {@link #prefill} computed the prompt in, without those of others
   * between them; 0 before it.
   */
  double prefillMillis();

  /** Chooses the next token of the first answer; see {@link #next(int)}. */
  default GeneratedToken next() {
    return next(0);
  }

  /**
   * Chooses the next token of an answer; of all but the first, also its first one. All answers that
   * were asked for once decode together, a few tokens ahead.
   *
   * @param choice index of the answer, below the request's number of choices
   * @throws IllegalStateException before {@link #prefill} and after a token with a finish reason
   * @throws PoolBusyException if pool and memory are too full for it to go on
   * @throws InferenceException if the graph failed
   */
  GeneratedToken next(int choice);

  /**
   * Ends the sequence at its next step, with {@link FinishReason#CANCELLED}. Any thread, any time.
   */
  void cancel();

  /** Gives the blocks back; those with a hash stay in the pool to be found. Idempotent. */
  @Override
  void close();
}
