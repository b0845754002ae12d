package dev.kvasir.completion;

import dev.kvasir.inference.FinishReason;
import dev.kvasir.inference.TokenLogprobs;
import java.util.List;

/**
 * A finished answer.
 *
 * @param text all of it
 * @param finishReason why it ended
 * @param promptTokens tokens of the prompt
 * @param newTokens tokens generated, an end token included
 * @param logprobs one for each of these tokens if the request asked for them, else none
 * @param cache where the prompt's K/V came from
 */
public record Completion(
    String text,
    FinishReason finishReason,
    int promptTokens,
    int newTokens,
    List<TokenLogprobs> logprobs,
    CacheReport cache) {
  public Completion {
    logprobs = List.copyOf(logprobs);
  }
}
