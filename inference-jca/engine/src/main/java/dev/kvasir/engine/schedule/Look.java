package dev.kvasir.engine.schedule;

import dev.kvasir.engine.blend.DeviationCheck;
import java.util.BitSet;

/**
 * A look at the moved rows of an assembled prompt: computes all positions of their blocks, and all
 * between them, up to one layer, chunk by chunk, to find out which rows deviate. Loop's thread
 * only.
 */
final class Look {
  /*
   * It begins once everything before the moved rows is computed, as any position attends to all
   * before it, and it is over before anything behind them is computed in full. What it writes are
   * rows of the layers before the one that is looked at, in blocks without a name; rows that are
   * computed in full later are written once more.
   */
  private final DeviationCheck check;
  private final int begin;
  private int done;

  /**
   * @param begin where the assembled part begins: on a block border
   */
  Look(DeviationCheck check, int begin) {
    this.check = check;
    this.begin = begin;
    done = begin;
  }

  /** Where it begins. */
  int begin() {
    return begin;
  }

  /** The layer whose values are compared. */
  int layer() {
    return check.layer();
  }

  /** Positions to compute next. */
  Chunk next(int chunkTokens) {
    return Chunk.next(done, check.end(), chunkTokens, chunkTokens);
  }

  /**
   * Compares what was computed; whether that was the last.
   *
   * @param values (positions, kvHeads * headSize) of the chunk, and maybe of rows that fill it up
   */
  boolean compare(Chunk chunk, float[][] values) {
    for (int row = 0; row < chunk.size(); row++) {
      check.compare(chunk.positions()[row], values[row]);
    }
    done = chunk.to();
    return done == check.end();
  }

  /** Positions of the rows that deviate most, once all were compared. */
  BitSet chosen() {
    return check.chosen();
  }
}
