package dev.kvasir.web.openai;

import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One event of a streamed chat answer. */
@JsonbPropertyOrder({"id", "object", "created", "model", "choices", "usage", "kvasir"})
public record ChatCompletionChunk(
    String id,
    String object,
    long created,
    String model,
    List<Choice> choices,
    @Nullable Usage usage,
    @Nullable KvasirReport kvasir) {

  /** What is new; the finish reason is null until the end, logprobs unless asked for. */
  @JsonbNillable
  @JsonbPropertyOrder({"index", "delta", "logprobs", "finishReason"})
  public record Choice(
      int index, Delta delta, @Nullable ChatLogprobs logprobs, @Nullable String finishReason) {}

  /** A piece of the message; the role comes with the first, calls come whole. */
  @JsonbPropertyOrder({"role", "content", "toolCalls"})
  public record Delta(
      @Nullable String role, @Nullable String content, @Nullable List<ToolCallBody> toolCalls) {}
}
