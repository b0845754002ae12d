package dev.kvasir.web.completion;

import dev.kvasir.web.fault.RequestFault;
import org.jspecify.annotations.Nullable;

/** Most tokens of an answer, as a request may ask for it. */
final class AnswerLimit {
  private AnswerLimit() {}

  /**
   * Checks what can be checked without the prompt's length.
   *
   * @param param field that it comes from
   * @param tokens asked for; null for what the context allows
   * @throws RequestFault if it is below 1 or above the context
   */
  static @Nullable Integer check(String param, @Nullable Integer tokens, int contextTokens) {
    if (tokens == null) {
      return null;
    }
    if (tokens < 1) {
      throw RequestFault.invalid(
          param, "%s is %d, but must be at least 1.".formatted(param, tokens));
    }
    if (tokens > contextTokens) {
      throw RequestFault.tooLong(
          param,
          "%s is %d, but the model's context holds %d tokens, the prompt's included."
              .formatted(param, tokens, contextTokens));
    }
    return tokens;
  }
}
