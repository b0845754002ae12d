package dev.kvasir.completion;

import dev.kvasir.inference.FinishReason;
import dev.kvasir.inference.ModelInfo;
import java.util.List;

/** Answers every prompt with the same text, without a token for the sink. */
record TestingCompletions(String answer) implements CompletionService {
  @Override
  public ModelInfo model() {
    throw new UnsupportedOperationException("these tests ask for no model");
  }

  @Override
  public Completion complete(CompletionRequest request, TokenSink sink) {
    CacheReport cache =
        new CacheReport(0, 0, 0, 0, 0, 1, MissReason.FIRST_SEEN, 0, 0, 0, "testing");
    return new Completion(
        List.of(new CompletionChoice(answer, FinishReason.STOP, 1, List.of())), 1, cache);
  }
}
