package dev.kvasir.web.openai;

import jakarta.json.JsonValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the bodies of both kinds of completions have in common. */
public sealed interface CompletionFields permits ChatCompletionRequest, TextCompletionRequest {
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
  @Nullable Double presencePenalty();

  /** -2 to 2, default 0. */
  @Nullable Double frequencyPenalty();

  /** -100 to 100 by token id; at most 300 of them. */
  @Nullable Map<String, Double> logitBias();

  /** A text or an array of up to 4. */
  @Nullable JsonValue stop();

  /** Equal seeds give equal answers; random if absent. */
  @Nullable Long seed();

  /** Go on after the model's end token; an extension. */
  @Nullable Boolean ignoreEos();

  /** An object with a type: text, json_object or json_schema; for text completions an extension. */
  @Nullable JsonValue responseFormat();

  /** How many answers, 1 to 8, default 1. */
  @Nullable Integer n();

  /** Whether the answer comes as server-sent events. */
  @Nullable Boolean stream();

  /** For a stream. */
  @Nullable StreamOptions streamOptions();

  /** Shares blocks only with requests that have the same; an extension, as vLLM's. */
  @Nullable String cacheSalt();

  /** Names the conversation, in a scope of sessions. */
  @Nullable String promptCacheKey();

  /** Likewise, where the one above is absent. */
  @Nullable String user();

  /** For this server; an extension. */
  @Nullable KvasirOptions kvasir();
}
