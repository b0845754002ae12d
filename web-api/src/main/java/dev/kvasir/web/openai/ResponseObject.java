package dev.kvasir.web.openai;

import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer of {@code POST /v1/responses}, as far as it has come.
 *
 * @param status {@code in_progress}, {@code completed} or {@code incomplete}
 * @param error always null: a failure has a status of HTTP, or an event, of its own
 * @param incompleteDetails why it ended early; absent unless it did
 * @param output the message, once there is one
 * @param previousResponseId always null, as {@code store} is false: responses are not stored
 * @param tools none
 * @param usage absent while in progress, as is {@code kvasir}
 */
@JsonbPropertyOrder({
  "id",
  "object",
  "createdAt",
  "status",
  "error",
  "incompleteDetails",
  "instructions",
  "maxOutputTokens",
  "model",
  "output",
  "parallelToolCalls",
  "previousResponseId",
  "store",
  "temperature",
  "text",
  "toolChoice",
  "tools",
  "topP",
  "truncation",
  "usage",
  "metadata",
  "kvasir"
})
public record ResponseObject(
    String id,
    String object,
    long createdAt,
    String status,
    @JsonbNillable @Nullable Object error,
    @Nullable IncompleteDetails incompleteDetails,
    @JsonbNillable @Nullable String instructions,
    @JsonbNillable @Nullable Integer maxOutputTokens,
    String model,
    List<OutputMessage> output,
    boolean parallelToolCalls,
    @JsonbNillable @Nullable String previousResponseId,
    boolean store,
    double temperature,
    ResponseRequest.TextConfig text,
    String toolChoice,
    List<String> tools,
    double topP,
    String truncation,
    @Nullable ResponseUsage usage,
    Map<String, String> metadata,
    @Nullable KvasirReport kvasir) {

  /** Why an answer ended before its end: {@code max_output_tokens}. */
  public record IncompleteDetails(String reason) {}

  /** What the model says. */
  @JsonbPropertyOrder({"id", "type", "status", "role", "content"})
  public record OutputMessage(
      String id, String type, String status, String role, List<OutputText> content) {}

  /** A text of a message; annotations and log-probabilities are never there. */
  @JsonbPropertyOrder({"type", "text", "annotations", "logprobs"})
  public record OutputText(
      String type, String text, List<String> annotations, List<String> logprobs) {}

  /** Token counts of a response. */
  @JsonbPropertyOrder({
    "inputTokens",
    "inputTokensDetails",
    "outputTokens",
    "outputTokensDetails",
    "totalTokens"
  })
  public record ResponseUsage(
      int inputTokens,
      InputTokensDetails inputTokensDetails,
      int outputTokens,
      OutputTokensDetails outputTokensDetails,
      int totalTokens) {}

  /** Of the input's tokens, those that were not computed. */
  public record InputTokensDetails(int cachedTokens) {}

  /** Of the output's tokens, those that are not shown: none. */
  public record OutputTokensDetails(int reasoningTokens) {}
}
