package dev.kvasir.cache.request;

import dev.kvasir.completion.CompletionFailedException;
import dev.kvasir.inference.InferenceConnectionFactory;
import dev.kvasir.inference.Model;
import jakarta.resource.ResourceException;
import java.util.function.Supplier;

/**
 * The model that the adapter has loaded now.
 *
 * @param inference asked each time, as the adapter may restart
 */
public record LoadedModel(InferenceConnectionFactory inference) implements Supplier<Model> {
  /**
   * The model.
   *
   * @throws CompletionFailedException if the adapter is not running
   */
  @Override
  public Model get() {
    try {
      return inference.model();
    } catch (ResourceException e) {
      throw new CompletionFailedException("the inference adapter is not running", e);
    }
  }
}
