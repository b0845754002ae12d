package dev.kvasir.web.completion;

import dev.kvasir.completion.Completion;
import dev.kvasir.completion.CompletionRequest;
import dev.kvasir.completion.CompletionService;
import dev.kvasir.completion.FormatRefusedException;
import dev.kvasir.completion.TokenSink;
import dev.kvasir.inference.ModelInfo;
import dev.kvasir.web.fault.RequestFault;

/**
 * Completions whose refusal of a form names the field that it came from.
 *
 * @param field of the kind of request
 */
record NamedFormat(CompletionService completions, String field) implements CompletionService {
  @Override
  public ModelInfo model() {
    return completions.model();
  }

  @Override
  public Completion complete(CompletionRequest request, TokenSink sink) {
    try {
      return completions.complete(request, sink);
    } catch (FormatRefusedException e) {
      throw RequestFault.unsupported(field, "%s: %s".formatted(field, e.getMessage()));
    }
  }
}
