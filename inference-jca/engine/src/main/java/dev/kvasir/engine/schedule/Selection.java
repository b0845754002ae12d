package dev.kvasir.engine.schedule;

import dev.kvasir.engine.blend.Mosaic;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/** Which positions of a prompt prefill computes: all, or those that an assembled one lacks. */
final class Selection {
  /*
   * Before the block of the first assembled row a prompt is computed as any other, cut where any
   * other is cut, so what has a name there has its bits. Behind that only the selected positions
   * are computed, many more apart than a chunk is long in one step: K/V of a step is written, layer
   * by layer, before it is read, and who reads what is decided by position.
   *
   * A step takes as many rows as are left of the chunk in which its first row stands. So where all
   * positions are selected, the steps are those of an ordinary prefill, and so are the bits.
   */

  /** Of a prompt that is not assembled. */
  static final Selection ALL = new Selection(Integer.MAX_VALUE, new int[0]);

  private final int begin;
  private final int[] positions; // ascending

  private Selection(int begin, int[] positions) {
    this.begin = begin;
    this.positions = positions;
  }

  /** Of a prompt that was assembled. */
  static Selection of(Mosaic mosaic, int promptTokens, int blockSize) {
    int begin = mosaic.begin() / blockSize * blockSize;
    return new Selection(
        begin, IntStream.range(begin, promptTokens).filter(at -> !mosaic.kept().get(at)).toArray());
  }

  /** With other positions of the assembled part, which it does not have. */
  Selection with(BitSet others) {
    return new Selection(
        begin, IntStream.concat(IntStream.of(positions), others.stream()).sorted().toArray());
  }

  /** Where the assembled part begins: on a block border. */
  int begin() {
    return begin;
  }

  /**
   * The next chunk of a prompt.
   *
   * @param done behind the last position that was computed
   * @param end behind the last position to compute now
   * @param chunkTokens where prompts are cut
   * @param budget most tokens to compute now, in whole blocks
   */
  Chunk next(int done, int end, int chunkTokens, int budget) {
    if (done < begin) {
      return Chunk.next(done, Math.min(end, begin), chunkTokens, budget);
    }
    int found = Arrays.binarySearch(positions, done);
    int first = found < 0 ? -found - 1 : found;
    int room = Math.min(budget, chunkTokens - positions[first] % chunkTokens);
    int[] rows = Arrays.copyOfRange(positions, first, Math.min(positions.length, first + room));
    int last = rows[rows.length - 1];
    return new Chunk(rows, last + 1, Chunk.reach(last, chunkTokens));
  }
}
