package dev.kvasir.web.openai;

import org.jspecify.annotations.Nullable;

/**
 * Wishes for a stream.
 *
 * @param includeUsage whether a last chunk tells the token counts
 */
public record StreamOptions(@Nullable Boolean includeUsage) {}
