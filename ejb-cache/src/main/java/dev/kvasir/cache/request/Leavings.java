package dev.kvasir.cache.request;

/**
 * What an exact request leaves behind, beside its prompt's blocks.
 *
 * @param answers takes its answers on
 * @param passages remembers where its passages were computed
 */
record Leavings(AnswerBlocks answers, Runnable passages) {}
