package dev.kvasir.inference;

import java.util.List;

/**
 * Rows of K/V that were computed at one place of a prompt and are to stand at another place of
 * another one.
 *
 * @param blocks consecutive ones that hold the rows
 * @param firstBlock place of the first of them in its prefix, from 0
 * @param tokens of all these blocks, to compare
 * @param from position at which the first row was computed
 * @param position at which it is to stand
 * @param count rows
 */
public record KvRun(
    List<KvBlock> blocks, int firstBlock, TokenIds tokens, int from, int position, int count) {
  public KvRun {
    blocks = List.copyOf(blocks);
    if (blocks.isEmpty() || firstBlock < 0 || tokens.size() % blocks.size() != 0) {
      throw new IllegalArgumentException(
          "a run needs the tokens of its blocks, but has %d of %d blocks from block %d"
              .formatted(tokens.size(), blocks.size(), firstBlock));
    }
    int begin = firstBlock * (tokens.size() / blocks.size());
    if (count < 1 || position < 0 || from < begin || from + count > begin + tokens.size()) {
      throw new IllegalArgumentException(
          "a run's blocks hold positions %d to %d, but %d rows from position %d are to go to %d"
              .formatted(begin, begin + tokens.size() - 1, count, from, position));
    }
  }

  /** Behind the last position at which its rows are to stand. */
  public int end() {
    return position + count;
  }

  /** The tokens of the rows. */
  public TokenIds rowTokens() {
    int begin = from - firstBlock * (tokens.size() / blocks.size());
    return tokens.slice(begin, begin + count);
  }
}
