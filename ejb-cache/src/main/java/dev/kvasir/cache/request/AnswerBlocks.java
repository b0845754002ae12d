package dev.kvasir.cache.request;

import dev.kvasir.cache.Prefix;
import dev.kvasir.cache.PrefixCache;
import dev.kvasir.completion.CompletionRequest;
import dev.kvasir.inference.IdlePrefill;
import dev.kvasir.inference.Model;
import dev.kvasir.inference.TokenIds;
import java.util.stream.IntStream;

/**
 * Lets the engine prefill answers in idle time, so that the next turn of a conversation finds its
 * history as a prefix.
 *
 * @param model that answered
 * @param names of blocks
 * @param cache hears of those blocks when they are there
 * @param request that was answered: it shares its answers as its prompt, and the more urgent one's
 *     come first
 */
record AnswerBlocks(Model model, PrefixNames names, PrefixCache cache, CompletionRequest request) {
  /*
   * The tokens are those that the model chose, the end of its answer included. Where the next
   * turn's text is cut into other tokens, these blocks are not found: a miss as any other.
   */

  /**
   * Takes an answer on, if it has filled a block.
   *
   * @param prompt with the names of what the pool has of it
   * @param answer behind it
   */
  void share(Prefix prompt, TokenIds answer) {
    TokenIds text =
        TokenIds.of(
            IntStream.concat(
                    IntStream.of(prompt.tokens().toArray()), IntStream.of(answer.toArray()))
                .toArray());
    int known = prompt.hashes().size();
    names
        .of(model.info().layout(), request, text)
        // other names, if the tenant joined or left a sharing group meanwhile
        .filter(whole -> whole.hashes().subList(0, known).equals(prompt.hashes()))
        .ifPresent(whole -> prefill(whole, known, () -> {}));
  }

  /**
   * Takes a text on.
   *
   * @param known leading blocks of it that were computed
   * @param whenShared told when all of its blocks are there
   */
  void prefill(Prefix whole, int known, Runnable whenShared) {
    if (whole.hashes().size() > known) {
      model.prefillIdle(
          new IdlePrefill(
              whole.tokens(),
              whole.hashes(),
              known,
              urgency(),
              () -> {
                cache.publish(whole);
                whenShared.run();
              }));
    }
  }

  private int urgency() {
    return switch (request.priority()) {
      case HIGH -> 1;
      case NORMAL -> 0;
      case LOW -> -1;
    };
  }
}
