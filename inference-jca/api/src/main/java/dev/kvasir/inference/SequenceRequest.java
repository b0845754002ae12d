package dev.kvasir.inference;

import java.util.List;

/**
 * What a sequence is opened with.
 *
 * @param prompt at least one token
 * @param blockHashes names of the leading full blocks of the prompt, in order; a block without a
 *     name is computed and not shared. At most {@code (prompt.size() - 1) / blockSize} are used for
 *     reuse, so that the last token is computed
 * @param sampling how tokens are chosen
 * @param maxNewTokens most tokens of an answer, at least 1
 * @param choices answers to generate, 1 to {@value #MAX_CHOICES}; the one with index i is chosen
 *     with the seed of {@code sampling} + i
 */
public record SequenceRequest(
    TokenIds prompt,
    List<BlockHash> blockHashes,
    SamplingParams sampling,
    int maxNewTokens,
    int choices) {
  /** Most answers to one prompt. */
  public static final int MAX_CHOICES = 8;

  public SequenceRequest {
    blockHashes = List.copyOf(blockHashes);
    if (prompt.size() == 0) {
      throw new IllegalArgumentException("the prompt has no tokens, but needs at least one");
    }
    if (maxNewTokens < 1) {
      throw new IllegalArgumentException(
          "max_tokens is %d, but must be at least 1".formatted(maxNewTokens));
    }
    if (choices < 1 || choices > MAX_CHOICES) {
      throw new IllegalArgumentException(
          "n is %d, but must be 1 to %d".formatted(choices, MAX_CHOICES));
    }
  }

  /** For one answer. */
  public SequenceRequest(
      TokenIds prompt, List<BlockHash> blockHashes, SamplingParams sampling, int maxNewTokens) {
    this(prompt, blockHashes, sampling, maxNewTokens, 1);
  }
}
