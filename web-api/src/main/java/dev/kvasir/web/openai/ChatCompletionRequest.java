package dev.kvasir.web.openai;

import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST /v1/chat/completions}, the fields that Kvasir acts on; {@link
 * CompletionFields} says what those mean that both kinds have.
 *
 * @param messages the conversation, oldest first
 * @param logprobs whether each token's log-probability comes with the answer
 * @param topLogprobs how many most likely tokens come with each, 0 to 20
 * @param tools that the model may call, at most 128
 * @param toolChoice {@code none}, {@code auto}, {@code required}, or an object that names a
 *     function
 * @param parallelToolCalls whether one answer may have several calls, as it may by default
 * @param maxTokens most tokens of the answer; the older name
 * @param maxCompletionTokens likewise; wins over the older name
 */
public record ChatCompletionRequest(
    @Nullable String model,
    @Nullable List<Message> messages,
    @Nullable Double temperature,
    @Nullable Double topP,
    @Nullable Integer topK,
    @Nullable Double minP,
    @Nullable Double presencePenalty,
    @Nullable Double frequencyPenalty,
    @Nullable Map<String, Double> logitBias,
    @Nullable Boolean logprobs,
    @Nullable Integer topLogprobs,
    @Nullable Integer maxTokens,
    @Nullable Integer maxCompletionTokens,
    @Nullable JsonValue stop,
    @Nullable Long seed,
    @Nullable Boolean ignoreEos,
    @Nullable JsonValue responseFormat,
    @Nullable List<Tool> tools,
    @Nullable JsonValue toolChoice,
    @Nullable Boolean parallelToolCalls,
    @Nullable Integer n,
    @Nullable Boolean stream,
    @Nullable StreamOptions streamOptions,
    @Nullable String cacheSalt,
    @Nullable String promptCacheKey,
    @Nullable String user,
    @Nullable KvasirOptions kvasir)
    implements CompletionFields {

  /**
   * One message.
   *
   * @param role who speaks
   * @param content a text or an array of text parts; may be absent beside calls
   * @param toolCalls that the assistant asked for
   * @param toolCallId of the call whose result a tool's message is
   */
  public record Message(
      @Nullable String role,
      @Nullable JsonValue content,
      @Nullable List<ToolCallBody> toolCalls,
      @Nullable String toolCallId) {}
}
