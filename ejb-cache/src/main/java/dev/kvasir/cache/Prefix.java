package dev.kvasir.cache;

import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.TokenIds;
import java.util.List;

/**
 * The shareable part of a prompt: its leading full blocks, without the last token.
 *
 * @param tenant who asks, and whose a block is that is stored for it
 * @param tokens the whole prompt
 * @param hashes of the full blocks of {@code tokens[0 .. size-1)}, in order
 * @param blockSize tokens per block
 */
public record Prefix(String tenant, TokenIds tokens, List<BlockHash> hashes, int blockSize) {
  public Prefix {
    hashes = List.copyOf(hashes);
  }

  /** The tokens of block {@code index}. */
  public TokenIds blockTokens(int index) {
    return tokens.slice(index * blockSize, (index + 1) * blockSize);
  }
}
