package dev.kvasir.web.openai;

import org.jspecify.annotations.Nullable;

/**
 * A passage of the prompt, under {@code kvasir.passages} in a request.
 *
 * @param id names it in the answer
 * @param text as it stands in the prompt
 */
public record KvasirPassage(@Nullable String id, @Nullable String text) {}
