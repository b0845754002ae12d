package dev.kvasir.web.openai;

import jakarta.json.JsonValue;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import org.jspecify.annotations.Nullable;

/**
 * What the model may call.
 *
 * @param type {@code function}
 */
@JsonbPropertyOrder({"type", "function"})
public record Tool(@Nullable String type, @Nullable Function function) {

  /**
   * A function.
   *
   * @param name of up to 64 letters, digits, underscores and dashes
   * @param parameters a JSON schema of an object; without it there are none
   * @param strict changes nothing: arguments are kept to the schema where a call is required
   */
  @JsonbPropertyOrder({"name", "description", "parameters", "strict"})
  public record Function(
      @Nullable String name,
      @Nullable String description,
      @Nullable JsonValue parameters,
      @Nullable Boolean strict) {}
}
