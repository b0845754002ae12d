package dev.kvasir.engine.schedule;

import dev.kvasir.engine.graph.StepInput;
import dev.kvasir.engine.paged.BlockTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of one token each, of any sequences, computed in one step. */
public final class DecodeStep {
  /*
   * Each row has a block table of its own, so that rows know nothing of each other: rows of one
   * sequence at neighbouring positions (drafts) are as good as rows of different ones. All rows
   * write their K/V before any reads, and none sees positions behind its own.
   */

  /** One token at a position of a sequence. */
  private record Row(int token, int position, BlockTable table) {}

  private final List<Row> rows = new ArrayList<>();

  /**
   * Adds a row; its index is that of its logits.
   *
   * @param table has a block for the position; read by {@link #input}
   */
  public void add(int token, int position, BlockTable table) {
    rows.add(new Row(token, position, table));
  }

  int size() {
    return rows.size();
  }

  /** The step; its tables are as long as the longest of them. */
  public StepInput input() {
    int[] tokens = new int[rows.size()];
    int[] positions = new int[rows.size()];
    int[] writeBlocks = new int[rows.size()];
    int[] writeOffsets = new int[rows.size()];
    int[] logitRows = new int[rows.size()];
    int[][] tables = new int[rows.size()][];
    int longest = 0;
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      tokens[i] = row.token();
      positions[i] = row.position();
      writeBlocks[i] = row.table().blockOf(row.position());
      writeOffsets[i] = row.table().offsetOf(row.position());
      logitRows[i] = i;
      tables[i] = row.table().covering(row.position() + 1);
      longest = Math.max(longest, tables[i].length);
    }
    for (int i = 0; i < tables.length; i++) {
      tables[i] = Arrays.copyOf(tables[i], longest); // rest: the padding block, which is 0
    }
    return new StepInput(tokens, positions, writeBlocks, writeOffsets, tables, logitRows);
  }
}
