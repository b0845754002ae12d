package dev.kvasir.web.openai;

import jakarta.json.JsonValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST /v1/completions}, the fields that Kvasir acts on; {@link CompletionFields}
 * says what those mean that both kinds have.
 *
 * @param prompt a text or an array of one
 * @param logprobs how many most likely tokens come with each of the answer's, 0 to 5; null for no
 *     log-probabilities
 * @param maxTokens most tokens of the answer, default 16
 */
public record TextCompletionRequest(
    @Nullable String model,
    @Nullable JsonValue prompt,
    @Nullable Double temperature,
    @Nullable Double topP,
    @Nullable Integer topK,
    @Nullable Double minP,
    @Nullable Double presencePenalty,
    @Nullable Double frequencyPenalty,
    @Nullable Map<String, Double> logitBias,
    @Nullable Integer logprobs,
    @Nullable Integer maxTokens,
    @Nullable JsonValue stop,
    @Nullable Long seed,
    @Nullable Boolean ignoreEos,
    @Nullable JsonValue responseFormat,
    @Nullable Integer n,
    @Nullable Boolean stream,
    @Nullable StreamOptions streamOptions,
    @Nullable String cacheSalt,
    @Nullable String promptCacheKey,
    @Nullable String user,
    @Nullable KvasirOptions kvasir)
    implements CompletionFields {}
