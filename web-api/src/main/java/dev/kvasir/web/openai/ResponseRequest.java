package dev.kvasir.web.openai;

import jakarta.json.JsonValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST /v1/responses}, the fields that Kvasir acts on; {@link CompletionFields} says
 * what those mean that other kinds have, too.
 *
 * @param input a text, or an array of messages, oldest first
 * @param instructions the system's message before them
 * @param maxOutputTokens most tokens of the answer
 * @param seed likewise, an extension here
 * @param text the form of the answer
 * @param metadata comes back with the answer; up to 16 pairs
 */
public record ResponseRequest(
    @Nullable String model,
    @Nullable JsonValue input,
    @Nullable String instructions,
    @Nullable Integer maxOutputTokens,
    @Nullable Double temperature,
    @Nullable Double topP,
    @Nullable Integer topK,
    @Nullable Double minP,
    @Nullable Long seed,
    @Nullable TextConfig text,
    @Nullable Map<String, String> metadata,
    @Nullable String cacheSalt,
    @Nullable String promptCacheKey,
    @Nullable String user,
    @Nullable Boolean stream,
    @Nullable KvasirOptions kvasir)
    implements CompletionFields {

  /**
   * The form of an answer.
   *
   * @param format an object with a type: text, json_object or json_schema
   */
  public record TextConfig(@Nullable JsonValue format) {}
}
