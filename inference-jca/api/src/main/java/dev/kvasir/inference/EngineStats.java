package dev.kvasir.inference;

/**
 * Snapshot of an engine's schedule. Counters start at 0 with the engine and only grow.
 *
 * @param waiting sequences that wait for the blocks of their prompt
 * @param running sequences that take part in steps
 * @param preempted sequences that gave their blocks back and wait for them
 * @param preemptions times that a sequence had to do so
 * @param decodeSteps steps of decode
 * @param decodedRows rows that those steps computed, drafts included
 * @param draftedTokens tokens that were drafted and computed along
 * @param acceptedTokens those of them that the model chose too
 * @param idle what was done while nobody waited
 */
public record EngineStats(
    int waiting,
    int running,
    int preempted,
    long preemptions,
    long decodeSteps,
    long decodedRows,
    long draftedTokens,
    long acceptedTokens,
    IdleStats idle) {}
