package dev.kvasir.completion;

import org.jspecify.annotations.Nullable;

/**
 * What loading a request's cached blocks was expected to take, and what computing them.
 *
 * @param tokens that could be loaded
 * @param load whether to load was the decision
 * @param loadMillis to fetch and load them; null if too little was measured lately
 * @param recomputeMillis of the steps that compute them; null likewise
 */
public record LoadEstimate(
    int tokens, boolean load, @Nullable Double loadMillis, @Nullable Double recomputeMillis) {}
