package dev.kvasir.engine.schedule;

import dev.kvasir.engine.paged.CachedBlock;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.TokenIds;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A prompt in blocks. Any thread.
 *
 * @param prompt all of it
 * @param hashes names of its leading full blocks
 * @param blockSize tokens per block
 */
public record PromptBlocks(TokenIds prompt, List<BlockHash> hashes, int blockSize) {
  /** Blocks that have a name and may be found by it: not the last token's. */
  public int shareable() {
    return Math.min(named(), (prompt.size() - 1) / blockSize);
  }

  /** Blocks that have a name. */
  int named() {
    return hashes.size();
  }

  /** Tokens of a full block. */
  public TokenIds tokens(int index) {
    return prompt.slice(index * blockSize, (index + 1) * blockSize);
  }

  /** What a block with a name holds. */
  CachedBlock content(int index) {
    return new CachedBlock(hashes.get(index), index, tokens(index));
  }

  List<BlockHash> hashes(int leading) {
    return hashes.subList(0, leading);
  }

  /** Tokens of the first blocks. */
  List<TokenIds> leadingTokens(int leading) {
    return IntStream.range(0, leading).mapToObj(this::tokens).toList();
  }
}
