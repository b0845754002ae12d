package dev.kvasir.completion;

import dev.kvasir.inference.FinishReason;

/**
 * A finished answer.
 *
 * @param text all of it
 * @param finishReason why it ended
 * @param promptTokens tokens of the prompt
 * @param newTokens tokens generated, an end token included
 * @param cache where the prompt's K/V came from
 */
public record Completion(
    String text, FinishReason finishReason, int promptTokens, int newTokens, CacheReport cache) {}
