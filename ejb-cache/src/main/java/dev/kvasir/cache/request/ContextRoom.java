package dev.kvasir.cache.request;

import dev.kvasir.completion.ContextLengthExceededException;
import dev.kvasir.inference.BlockPoolStats;
import dev.kvasir.inference.Model;
import org.jspecify.annotations.Nullable;

/**
 * How many tokens a sequence may have.
 *
 * @param contextTokens that the model reads at most, prompt and answer together
 * @param poolTokens that the block pool holds
 */
record ContextRoom(int contextTokens, long poolTokens) {
  static ContextRoom of(Model model) {
    BlockPoolStats pool = model.poolStats();
    int blockSize = model.info().layout().blockSize();
    return new ContextRoom(model.info().contextTokens(), (long) pool.capacityBlocks() * blockSize);
  }

  /**
   * The most tokens of an answer.
   *
   * @param asked by the request; null for what there is room for
   * @throws ContextLengthExceededException if there is no room; says all the numbers
   */
  int newTokens(int promptTokens, @Nullable Integer asked) {
    long total = (long) promptTokens + (asked == null ? 1 : asked);
    if (total > contextTokens) {
      throw new ContextLengthExceededException(
          asked == null
              ? "the model's context holds %d tokens, but the prompt has %d and the answer needs at least 1; shorten the prompt"
                  .formatted(contextTokens, promptTokens)
              : "the model's context holds %d tokens, but %d were asked for: %d of the prompt and %d of max_tokens; shorten the prompt or lower max_tokens"
                  .formatted(contextTokens, total, promptTokens, asked));
    }
    if (asked != null) {
      return asked;
    }
    long room = Math.min(contextTokens, poolTokens) - promptTokens;
    return (int) Math.max(1, room);
  }
}
