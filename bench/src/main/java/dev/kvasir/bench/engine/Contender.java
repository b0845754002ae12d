package dev.kvasir.bench.engine;

import dev.kvasir.inference.TokenIds;
import java.util.List;
import java.util.Optional;

/** A system that is measured. It answers greedily, and never stops at an end token. */
interface Contender extends AutoCloseable {
  /** As tables and JSON call it. */
  String name();

  /** Whether a case says something of it that it does not say of another one. */
  default boolean does(Case one) {
    return true;
  }

  /**
   * The system whose answers its own must equal, token by token; none of one that rounds elsewhere
   * than we do.
   */
  default Optional<String> answersAs() {
    return Optional.empty();
  }

  /** Id of the process that computes. */
  long process();

  /**
   * Time to the first token of a prompt.
   *
   * @param cachedTokens leading tokens whose K/V are there already: whole blocks of 64; computed
   *     outside the time where they are not
   */
  Timed prefill(TokenIds prompt, int cachedTokens);

  /**
   * Time of a step that decodes one token of each prompt: the time between the first tokens and the
   * last, divided by the steps.
   *
   * @param prompts of equal length; their prefill is outside the time
   * @return {@code steps + 1} tokens each, the first of them from the prefill
   */
  Timed decode(List<TokenIds> prompts, int steps);

  /**
   * Time to the first token of a prompt that comes while others decode.
   *
   * @return the first token of {@code prompt} as the one answer
   */
  Timed firstTokenUnderLoad(List<TokenIds> running, TokenIds prompt);

  @Override
  void close();
}
