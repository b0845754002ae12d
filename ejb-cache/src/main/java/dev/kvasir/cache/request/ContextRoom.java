package dev.kvasir.cache.request;

import dev.kvasir.completion.ContextLengthExceededException;
import dev.kvasir.inference.BlockPoolStats;
import dev.kvasir.inference.Model;
import dev.kvasir.inference.PoolExhaustedException;
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
   * @throws PoolExhaustedException if the pool can never hold it; likewise
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
    if (total > poolTokens) {
      throw new PoolExhaustedException(
          "%d tokens, %d of the prompt and %d of the answer, but the engine's pool holds %d; ask for fewer tokens or give the pool more memory"
              .formatted(total, promptTokens, total - promptTokens, poolTokens));
    }
    if (asked != null) {
      return asked;
    }
    return (int) (Math.min(contextTokens, poolTokens) - promptTokens);
  }
}
