package dev.kvasir.engine.weights.huggingface;

import dev.kvasir.engine.weights.ModelLoadException;
import dev.kvasir.engine.weights.Rope;
import dev.kvasir.engine.weights.Rope.Scaling;

/**
 * RoPE as config.json gives it: {@code rope_parameters} (transformers 5), or {@code rope_theta}
 * beside {@code rope_scaling}, whose kind is under {@code rope_type} or, earlier, {@code type}.
 */
final class HuggingFaceRope {
  private static final double DEFAULT_THETA = 10_000;

  private HuggingFaceRope() {}

  static Rope read(JsonFields config) {
    JsonFields parameters =
        config
            .fields("rope_parameters")
            .or(() -> config.fields("rope_scaling"))
            .orElseGet(() -> JsonFields.parse(config.source(), "{}"));
    double theta = parameters.number("rope_theta", config.number("rope_theta", DEFAULT_THETA));
    return new Rope(theta, scaling(parameters));
  }

  private static Scaling scaling(JsonFields parameters) {
    String type = parameters.text("rope_type").or(() -> parameters.text("type")).orElse("default");
    return switch (type) {
      case "default" -> new Scaling.None();
      case "linear" -> new Scaling.Linear(parameters.number("factor"));
      case "llama3" ->
          new Scaling.Llama3(
              parameters.number("factor"),
              parameters.number("low_freq_factor"),
              parameters.number("high_freq_factor"),
              parameters.integer("original_max_position_embeddings"));
      default ->
          throw new ModelLoadException(
              "%s: RoPE is scaled by %s, but known are default, linear, llama3"
                  .formatted(parameters.source(), type));
    };
  }
}
