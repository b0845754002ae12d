package dev.kvasir.web.cache;

import dev.kvasir.cache.PinOutcome;
import org.jspecify.annotations.Nullable;

/**
 * What became of a wish to pin or unpin.
 *
 * @param blocks pinned, or unpinned, by it
 * @param reason why not more of a text, and what to do; absent if all is pinned
 */
public record PinnedBody(int blocks, @Nullable String reason) {
  static PinnedBody of(PinOutcome outcome) {
    return new PinnedBody(outcome.blocks(), reason(outcome));
  }

  private static @Nullable String reason(PinOutcome outcome) {
    if (outcome.wholeBlocks() == 0) {
      return "The text has %d tokens, no more than one block, and only whole blocks are cached; send a longer beginning of the prompt."
          .formatted(outcome.tokens());
    }
    if (outcome.blocks() < outcome.wholeBlocks()) {
      return "%d of the text's %d blocks are cached; send the text as it stands in the rendered prompt, once a request with it was answered."
          .formatted(outcome.blocks(), outcome.wholeBlocks());
    }
    return null;
  }
}
