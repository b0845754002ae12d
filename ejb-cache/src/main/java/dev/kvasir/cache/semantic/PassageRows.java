package dev.kvasir.cache.semantic;

import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.TokenIds;
import java.util.List;

/**
 * Where the K/V of a passage lies: rows of consecutive blocks of an exact chain. A claim, as the
 * blocks may be gone.
 *
 * @param blocks names of these blocks
 * @param firstBlock place of the first of them in its prefix
 * @param tokens of all these blocks
 * @param offset of the first row's token in the passage
 * @param position at which that row was computed
 * @param count rows
 * @param request that had them computed
 */
record PassageRows(
    List<BlockHash> blocks,
    int firstBlock,
    TokenIds tokens,
    int offset,
    int position,
    int count,
    String request) {
  private static final int OBJECT_BYTES = 200; // of headers, references and the map's entry, about

  PassageRows {
    blocks = List.copyOf(blocks);
  }

  /** The passage's tokens that the rows are of. */
  TokenIds passageTokens() {
    int begin = position - firstBlock * blockSize();
    return tokens.slice(begin, begin + count);
  }

  int blockSize() {
    return tokens.size() / blocks.size();
  }

  /** Memory that it takes with its key, about. */
  int sizeBytes() {
    return OBJECT_BYTES
        + 2 * blocks.size() * BlockHash.BYTES
        + tokens.size() * Integer.BYTES
        + 2 * request.length();
  }
}
