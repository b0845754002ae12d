package dev.kvasir.console.playground;

import dev.kvasir.completion.Completion;
import dev.kvasir.completion.CompletionRequest;
import dev.kvasir.completion.CompletionService;
import dev.kvasir.completion.TokenSink;
import dev.kvasir.inference.ModelInfo;
import org.jspecify.annotations.Nullable;

/** A service with a model but no engine behind it. */
final class TestingCompletionService implements CompletionService {
  private final @Nullable ModelInfo model;

  /** A service with that model, or one whose engine is down if it is null. */
  TestingCompletionService(@Nullable ModelInfo model) {
    this.model = model;
  }

  @Override
  public ModelInfo model() {
    if (model == null) {
      throw new IllegalStateException("the engine is down");
    }
    return model;
  }

  @Override
  public Completion complete(CompletionRequest request, TokenSink sink) {
    throw new UnsupportedOperationException("the page's script asks over HTTP");
  }
}
