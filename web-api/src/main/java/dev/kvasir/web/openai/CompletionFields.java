package dev.kvasir.web.openai;

import jakarta.json.JsonValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the bodies of all kinds of completions have in common; a field that a kind does not have is
 * null.
 */
public sealed interface CompletionFields
    permits ChatCompletionRequest, ResponseRequest, TextCompletionRequest {
  /** Id or {@code default}. */
  @Nullable String model();

  /** 0 to 2, default 1. */
  @Nullable Double temperature();

  /** Above 0 up to 1, default 1. */
  @Nullable Double topP();

  /** 0 or -1 for all, the default; an extension. */
  @Nullable Integer topK();

  /** 0 to 1, default 0; an extension. */
  @Nullable Double minP();

  /** -2 to 2, default 0. */
  default @Nullable Double presencePenalty() {
    return null;
  }

  /** -2 to 2, default 0. */
  default @Nullable Double frequencyPenalty() {
    return null;
  }

  /** -100 to 100 by token id; at most 300 of them. */
  default @Nullable Map<String, Double> logitBias() {
    return null;
  }

  /** A text or an array of up to 4. */
  default @Nullable JsonValue stop() {
    return null;
  }

  /** Equal seeds give equal answers; random if absent. */
  @Nullable Long seed();

  /** Go on after the model's end token; an extension. */
  default @Nullable Boolean ignoreEos() {
    return null;
  }

  /** An object with a type: text, json_object or json_schema; for text completions an extension. */
  default @Nullable JsonValue responseFormat() {
    return null;
  }

  /** How many answers, 1 to 8, default 1. */
  default @Nullable Integer n() {
    return null;
  }

  /** Whether the answer comes as server-sent events. */
  @Nullable Boolean stream();

  /** For a stream. */
  default @Nullable StreamOptions streamOptions() {
    return null;
  }

  /** Shares blocks only with requests that have the same; an extension, as vLLM's. */
  @Nullable String cacheSalt();

  /** Names the conversation, in a scope of sessions. */
  @Nullable String promptCacheKey();

  /** Likewise, where the one above is absent. */
  @Nullable String user();

  /** For this server; an extension. */
  @Nullable KvasirOptions kvasir();
}
