package dev.kvasir.engine.schedule;

import dev.kvasir.engine.graph.StepInput;
import dev.kvasir.engine.paged.BlockTable;
import dev.kvasir.inference.TokenIds;

/**
 * Positions {@code [from, to)} of one sequence, computed in one step.
 *
 * @param from first position; on a block border in prefill
 * @param to behind the last one
 */
public record Chunk(int from, int to) {
  /*
   * Which rows stand beside a row, and how many, can change its last bits: kernels work on tiles of rows, and treat what
   * is left over in another way. So that a block's K/V never depend on where a prefill began or ended, each chunk starts
   * on a block border and is filled up to whole blocks with rows that nobody reads: a row then has the same place in its
   * tile in every prefill. The rows that fill up write to the scratch block. Whether a step may hold several blocks is
   * found out at start (ChunkProbe).
   */

  /** Physical block that takes the K/V of rows that nobody reads. */
  public static final int SCRATCH_BLOCK = 0;

  /** The next chunk of a prompt whose first {@code done} positions are computed. */
  public static Chunk next(int done, int promptTokens, int chunkTokens) {
    return new Chunk(done, Math.min(promptTokens, done + chunkTokens));
  }

  /** Positions within the chunk. */
  public int size() {
    return to - from;
  }

  /**
   * The step that computes it as a part of a prompt.
   *
   * @param tokens of the sequence, at least up to {@code to}
   * @param table has blocks for all positions up to {@code to}
   */
  public StepInput prefillStep(TokenIds tokens, BlockTable table, int blockSize) {
    int rows = (size() + blockSize - 1) / blockSize * blockSize;
    int[] ids = new int[rows];
    int[] positions = new int[rows];
    int[] writeBlocks = new int[rows];
    int[] writeOffsets = new int[rows];
    for (int row = 0; row < rows; row++) {
      int position = from + row;
      if (position < to) {
        ids[row] = tokens.get(position);
        positions[row] = position;
        writeBlocks[row] = table.blockOf(position);
        writeOffsets[row] = table.offsetOf(position);
      } else {
        writeBlocks[row] = SCRATCH_BLOCK;
      }
    }
    int[][] tables = {table.covering(to)};
    int[] logitRows = {size() - 1};
    return new StepInput(ids, positions, writeBlocks, writeOffsets, tables, logitRows);
  }

  /** The step that computes one decoded token at a position. */
  public static StepInput decodeStep(int token, int position, BlockTable table) {
    return new StepInput(
        new int[] {token},
        new int[] {position},
        new int[] {table.blockOf(position)},
        new int[] {table.offsetOf(position)},
        new int[][] {table.covering(position + 1)},
        new int[] {0});
  }
}
