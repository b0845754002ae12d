package dev.kvasir.engine.schedule;

import dev.kvasir.engine.graph.PagedGraph;
import dev.kvasir.engine.graph.StepInput;
import dev.kvasir.engine.paged.BlockTable;
import dev.kvasir.inference.TokenIds;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Positions of one sequence, computed in one step.
 *
 * @param positions ascending; the first on a block border in prefill
 * @param to behind the last one
 * @param reach positions that its block table covers; at least {@code to}
 */
@SuppressWarnings("ArrayRecordComponent") // handed from one method to the next, never compared
public record Chunk(int[] positions, int to, int reach) {
  /*
   * How many rows stand beside a row, where it stands among them, and over how many slots it
   * attends, can change its last bits: kernels cut all three dimensions into tiles, and treat what
   * is left over in another way. So that a block's K/V never depend on where a prefill began or
   * ended,
   *
   *  - prompts are cut at fixed places, multiples of the chunk size, wherever computing starts;
   *  - each chunk starts on a block border and is filled up to whole blocks with rows that nobody
   *    reads (they write to the dump), so a row has the same place in its tile always;
   *  - the block table reaches to the end of the fixed place, so the number of slots is the same
   *    however much of it is computed. Slots behind a position weigh exactly nothing.
   *
   *      chunk size 512, 1,100 tokens, 192 of them cached:
   *      0         192      512              1024  1100   1536
   *      |..cached..|========|================|======|.....|
   *                  rows 320  rows 512        rows 128
   *                  slots 512 slots 1024      slots 1536
   *
   * What is left is the number of rows, in whole blocks. Whether it matters is found out at start
   * (StepProbe); where it does, the chunk size is one block.
   */

  /** All positions {@code [from, to)}. */
  public Chunk(int from, int to, int reach) {
    this(IntStream.range(from, to).toArray(), to, reach);
  }

  /**
   * The next chunk of a prompt whose first {@code done} positions are computed.
   *
   * @param end behind the last position to compute
   * @param chunkTokens where prompts are cut
   * @param budget most tokens to compute now, in whole blocks
   */
  public static Chunk next(int done, int end, int chunkTokens, int budget) {
    int reach = reach(done, chunkTokens);
    return new Chunk(done, Math.min(Math.min(end, reach), done + budget), reach);
  }

  /** Behind the place where a prompt is cut next after a position. */
  static int reach(int position, int chunkTokens) {
    return (position / chunkTokens + 1) * chunkTokens;
  }

  /** The first position. */
  public int from() {
    return positions[0];
  }

  /** Number of positions. */
  public int size() {
    return positions.length;
  }

  /**
   * The step that computes it as a part of a prompt.
   *
   * @param tokens of the sequence, at least up to {@code to}
   * @param table has blocks for all positions up to {@code to}
   */
  public StepInput prefillStep(TokenIds tokens, BlockTable table, int blockSize) {
    int rows = BlockTable.blocksFor(size(), blockSize) * blockSize;
    int[] ids = new int[rows];
    int[] places = new int[rows];
    int[] writeBlocks = new int[rows];
    int[] writeOffsets = new int[rows];
    for (int row = 0; row < rows; row++) {
      if (row < size()) {
        int position = positions[row];
        ids[row] = tokens.get(position);
        places[row] = position;
        writeBlocks[row] = table.blockOf(position);
        writeOffsets[row] = table.offsetOf(position);
      } else {
        ids[row] = tokens.get(to - 1);
        writeBlocks[row] = PagedGraph.DUMP_BLOCK;
      }
    }
    int[][] tables = {Arrays.copyOf(table.covering(to), reach / blockSize)}; // rest: padding
    int[] logitRows = {size() - 1};
    return new StepInput(ids, places, writeBlocks, writeOffsets, tables, logitRows);
  }
}
