package dev.kvasir.engine.sample;

import dev.kvasir.inference.TokenLogprobs;
import org.jspecify.annotations.Nullable;

/**
 * A token that was chosen.
 *
 * @param id of the vocabulary
 * @param logprobs if they were asked for
 */
public record SampledToken(int id, @Nullable TokenLogprobs logprobs) {}
