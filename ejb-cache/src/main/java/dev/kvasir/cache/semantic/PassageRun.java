package dev.kvasir.cache.semantic;

import dev.kvasir.completion.Approximation.Donor;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.KvBlock;
import dev.kvasir.inference.KvRun;
import java.util.List;

/**
 * Rows of a passage that were computed elsewhere and may stand in a prompt.
 *
 * @param passage in the prompt
 * @param rows as they were computed
 * @param from position at which the first of them was computed
 * @param position at which it is to stand
 * @param count how many
 */
public record PassageRun(
    FoundPassage passage, PassageRows rows, int from, int position, int count) {
  /** Names of the blocks that hold the rows. */
  public List<BlockHash> blocks() {
    return rows.blocks().subList(firstBlock(), lastBlock() + 1);
  }

  private int firstBlock() {
    return from / rows.blockSize() - rows.firstBlock();
  }

  private int lastBlock() {
    return (from + count - 1) / rows.blockSize() - rows.firstBlock();
  }

  /** The rows that are to stand at positions {@code [begin, end)}; no rows if there are none. */
  PassageRun between(int begin, int end) {
    int passed = Math.max(0, begin - position);
    int left = Math.min(position + count, end) - position - passed;
    return new PassageRun(passage, rows, from + passed, position + passed, Math.max(0, left));
  }

  /** The rows that the leading blocks hold. */
  PassageRun within(int leadingBlocks) {
    int end = (rows.firstBlock() + firstBlock() + leadingBlocks) * rows.blockSize();
    return new PassageRun(passage, rows, from, position, Math.min(count, end - from));
  }

  /** With the bytes of all its blocks. */
  public KvRun of(List<KvBlock> held) {
    int size = rows.blockSize();
    return new KvRun(
        held,
        rows.firstBlock() + firstBlock(),
        rows.tokens().slice(firstBlock() * size, (lastBlock() + 1) * size),
        from,
        position,
        count);
  }

  /** Where it comes from. */
  public Donor donor() {
    return new Donor(passage.id(), rows.request(), count);
  }
}
