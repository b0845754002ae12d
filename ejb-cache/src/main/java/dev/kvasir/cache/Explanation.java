package dev.kvasir.cache;

/**
 * Why a request took from the cache what it took.
 *
 * @param request what became of it
 * @param memory of the node that answered it: a block that left before the oldest of these reads as
 *     first seen
 */
public record Explanation(RequestSummary request, AbsenceMemory memory) {}
