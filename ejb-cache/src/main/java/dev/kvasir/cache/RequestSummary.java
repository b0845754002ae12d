package dev.kvasir.cache;

import dev.kvasir.completion.CacheReport;
import org.jspecify.annotations.Nullable;

/**
 * What became of a request: numbers and names, never its text or tokens.
 *
 * @param id by which it is found again
 * @param node that answered
 * @param arrivedEpochMillis when it came
 * @param tenant who asked
 * @param model that answered; empty if the request failed before it was known
 * @param status {@code ok}, {@code cancelled}, {@code failed}, or why it was refused: a {@link
 *     Refusal} in lower case
 * @param promptTokens 0 if the request failed before they were known
 * @param answerTokens of all answers
 * @param cache where the prompt's K/V came from; null without a first token
 * @param firstTokenMillis from its arrival; 0 without one
 * @param totalMillis from its arrival to its end
 */
public record RequestSummary(
    String id,
    String node,
    long arrivedEpochMillis,
    String tenant,
    String model,
    String status,
    int promptTokens,
    int answerTokens,
    @Nullable CacheReport cache,
    double firstTokenMillis,
    double totalMillis) {}
