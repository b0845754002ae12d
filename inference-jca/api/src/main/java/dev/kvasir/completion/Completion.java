package dev.kvasir.completion;

import dev.kvasir.inference.FinishReason;
import java.util.List;

/**
 * What a request got.
 *
 * @param choices the answers, as many as asked for
 * @param promptTokens tokens of the prompt, which was computed once
 * @param cache where the prompt's K/V came from
 */
public record Completion(List<CompletionChoice> choices, int promptTokens, CacheReport cache) {
  public Completion {
    choices = List.copyOf(choices);
    if (choices.isEmpty()) {
      throw new IllegalArgumentException("a completion has no answer, but needs at least one");
    }
  }

  /** Text of the first answer. */
  public String text() {
    return choices.get(0).text();
  }

  /** Why the first answer ended. */
  public FinishReason finishReason() {
    return choices.get(0).finishReason();
  }

  /** Whether one of the answers was cancelled, so nobody wants the others. */
  public boolean isCancelled() {
    return choices.stream().anyMatch(choice -> choice.finishReason() == FinishReason.CANCELLED);
  }

  /** Tokens generated, those of all answers. */
  public int newTokens() {
    return choices.stream().mapToInt(CompletionChoice::newTokens).sum();
  }
}
