package dev.kvasir.web.completion;

import dev.kvasir.inference.ModelInfo;
import dev.kvasir.web.fault.RequestFault;
import dev.kvasir.web.openai.ModelCard;
import org.jspecify.annotations.Nullable;

/** The names that the loaded model answers to: its id and {@code default}. */
final class ServedModel {
  static final String ALIAS = "default";

  private ServedModel() {}

  /**
   * Checks a request's model.
   *
   * @throws RequestFault if it is missing or another one
   */
  static void require(@Nullable String name, ModelInfo model) {
    if (name == null) {
      throw RequestFault.missing(
          "model", "model is missing; send \"%s\" or \"%s\".".formatted(model.id(), ALIAS));
    }
    requireIfNamed(name, model);
  }

  /**
   * Checks a request's model where it may be missing.
   *
   * @throws RequestFault if it is another one
   */
  static void requireIfNamed(@Nullable String name, ModelInfo model) {
    if (name != null && !name.equals(ALIAS) && !name.equals(model.id())) {
      throw RequestFault.unknownModel(
          "The model \"%s\" is not served here; send \"%s\" or \"%s\"."
              .formatted(Quoted.of(name), model.id(), ALIAS));
    }
  }

  /** A model as listed. */
  static ModelCard card(String id, long createdSeconds) {
    return new ModelCard(id, "model", createdSeconds, "kvasir");
  }
}
