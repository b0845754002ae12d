package dev.kvasir.cache.grid;

import dev.kvasir.cache.Explanation;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.Callable;

/** Asks a member for the explanation of a request, or an empty list; runs there. */
final class AskExplanation extends MemberTask implements Callable<List<Explanation>>, Serializable {
  private static final long serialVersionUID = 1L;

  private final String requestId;

  AskExplanation(String requestId) {
    this.requestId = requestId;
  }

  @Override
  public List<Explanation> call() {
    return grid().explanation(requestId).map(List::of).orElse(List.of());
  }
}
