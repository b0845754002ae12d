package dev.kvasir.cache.grid;

import dev.kvasir.cache.Explanation;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Asks a member for the explanation of a request; runs there. */
final class AskExplanation extends MemberTask implements Callable<AskExplanation.Answer> {
  /** What a member answers; null if it has not answered that request, or has forgotten it. */
  record Answer(@Nullable Explanation found) {}

  private final String requestId;

  AskExplanation(String requestId) {
    this.requestId = requestId;
  }

  String requestId() {
    return requestId;
  }

  @Override
  public Answer call() {
    return new Answer(desk().explanation(requestId).orElse(null));
  }
}
