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
 * @param maxNewTokens most tokens to generate, at least 1
 */
public record SequenceRequest(
    TokenIds prompt, List<BlockHash> blockHashes, SamplingParams sampling, int maxNewTokens) {
  public SequenceRequest {
    blockHashes = List.copyOf(blockHashes);
    if (prompt.size() == 0) {
      throw new IllegalArgumentException("the prompt has no tokens, but needs at least one");
    }
    if (maxNewTokens < 1) {
      throw new IllegalArgumentException(
          "max_tokens is %d, but must be at least 1".formatted(maxNewTokens));
    }
  }
}
