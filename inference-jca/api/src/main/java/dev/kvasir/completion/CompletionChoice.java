package dev.kvasir.completion;

import dev.kvasir.inference.FinishReason;
import dev.kvasir.inference.TokenLogprobs;
import java.util.List;

/**
 * One finished answer of a completion.
 *
 * @param text all of it
 * @param finishReason why it ended
 * @param newTokens tokens generated, an end token included
 * @param logprobs one for each of these tokens if the request asked for them, else none
 */
public record CompletionChoice(
    String text, FinishReason finishReason, int newTokens, List<TokenLogprobs> logprobs) {
  public CompletionChoice {
    logprobs = List.copyOf(logprobs);
  }
}
