package dev.kvasir.web.openai;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import org.jspecify.annotations.Nullable;

/**
 * A call that the model asks for.
 *
 * @param index its place among a streamed answer's calls; absent elsewhere
 * @param id by which a message with the role {@code tool} names it
 * @param type {@code function}
 */
@JsonbPropertyOrder({"index", "id", "type", "function"})
public record ToolCallBody(
    @Nullable Integer index,
    @Nullable String id,
    @Nullable String type,
    @Nullable Function function) {

  /**
   * Of a function.
   *
   * @param arguments a JSON object, as text
   */
  @JsonbPropertyOrder({"name", "arguments"})
  public record Function(@Nullable String name, @Nullable String arguments) {}
}
