package dev.kvasir.web.openai;

import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A whole answer of {@code POST /v1/chat/completions}. */
@JsonbPropertyOrder({"id", "object", "created", "model", "choices", "usage", "kvasir"})
public record ChatCompletion(
    String id,
    String object,
    long created,
    String model,
    List<Choice> choices,
    Usage usage,
    KvasirReport kvasir) {

  /** One answer; logprobs are null unless asked for. */
  @JsonbNillable
  @JsonbPropertyOrder({"index", "message", "logprobs", "finishReason"})
  public record Choice(
      int index, Message message, @Nullable ChatLogprobs logprobs, String finishReason) {}

  /** What the model says, or the calls that it asks for; a refusal is always null. */
  @JsonbNillable
  @JsonbPropertyOrder({"role", "content", "refusal", "toolCalls"})
  public record Message(
      String role,
      @Nullable String content,
      @Nullable String refusal,
      @JsonbNillable(false) @Nullable List<ToolCallBody> toolCalls) {}
}
