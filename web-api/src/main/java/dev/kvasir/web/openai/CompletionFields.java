package dev.kvasir.web.openai;

import jakarta.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** What the bodies of both kinds of completions have in common. */
public sealed interface CompletionFields permits ChatCompletionRequest, TextCompletionRequest {
  /** Id or {@code default}. */
  @Nullable String model();

  /** 0 to 2, default 1. */
  @Nullable Double temperature();

  /** Above 0 up to 1, default 1. */
  @Nullable Double topP();

  /** 0 for all, the default; an extension. */
  @Nullable Integer topK();

  /** A text or an array of up to 4. */
  @Nullable JsonValue stop();

  /** Equal seeds give equal answers; random if absent. */
  @Nullable Long seed();

  /** Go on after the model's end token; an extension. */
  @Nullable Boolean ignoreEos();

  /** Whether the answer comes as server-sent events. */
  @Nullable Boolean stream();

  /** For a stream. */
  @Nullable StreamOptions streamOptions();

  /** For this server; an extension. */
  @Nullable KvasirOptions kvasir();
}
