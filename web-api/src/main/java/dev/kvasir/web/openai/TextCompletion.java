package dev.kvasir.web.openai;

import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer of {@code POST /v1/completions}, whole or one event of its stream. */
@JsonbPropertyOrder({"id", "object", "created", "model", "choices", "usage", "kvasir"})
public record TextCompletion(
    String id,
    String object,
    long created,
    String model,
    List<Choice> choices,
    @Nullable Usage usage,
    @Nullable KvasirReport kvasir) {

  /** One answer, or what is new of it; logprobs are null unless asked for. */
  @JsonbNillable
  @JsonbPropertyOrder({"index", "text", "logprobs", "finishReason"})
  public record Choice(
      int index, String text, @Nullable TextLogprobs logprobs, @Nullable String finishReason) {}
}
