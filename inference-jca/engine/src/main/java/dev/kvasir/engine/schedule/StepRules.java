package dev.kvasir.engine.schedule;

/**
 * Shapes of steps within which a row's bits do not depend on what else is in the step.
 *
 * @param blockSize tokens per block
 * @param chunkTokens most tokens of a prefill step; prompts are cut at multiples of it
 * @param maxDecodeRows most rows of a decode step
 */
public record StepRules(int blockSize, int chunkTokens, int maxDecodeRows) {}
