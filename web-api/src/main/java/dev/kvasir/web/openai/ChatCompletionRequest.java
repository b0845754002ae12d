package dev.kvasir.web.openai;

import jakarta.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST /v1/chat/completions}, the fields that Kvasir acts on.
 *
 * @param model id or {@code default}
 * @param messages the conversation, oldest first
 * @param temperature 0 to 2, default 1
 * @param topP above 0 up to 1, default 1
 * @param topK 0 for all, the default; an extension
 * @param maxTokens most tokens of the answer; the older name
 * @param maxCompletionTokens likewise; wins over the older name
 * @param stop a text or an array of up to 4
 * @param seed equal seeds give equal answers; random if absent
 * @param ignoreEos go on after the model's end token; an extension
 * @param stream whether the answer comes as server-sent events
 * @param streamOptions for a stream
 * @param kvasir for this server; an extension
 */
public record ChatCompletionRequest(
    @Nullable String model,
    @Nullable List<Message> messages,
    @Nullable Double temperature,
    @Nullable Double topP,
    @Nullable Integer topK,
    @Nullable Integer maxTokens,
    @Nullable Integer maxCompletionTokens,
    @Nullable JsonValue stop,
    @Nullable Long seed,
    @Nullable Boolean ignoreEos,
    @Nullable Boolean stream,
    @Nullable StreamOptions streamOptions,
    @Nullable KvasirOptions kvasir) {

  /**
   * One message.
   *
   * @param role who speaks
   * @param content a text or an array of text parts
   */
  public record Message(@Nullable String role, @Nullable JsonValue content) {}
}
