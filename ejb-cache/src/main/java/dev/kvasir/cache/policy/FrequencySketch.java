package dev.kvasir.cache.policy;

import dev.kvasir.inference.BlockHash;

/**
 * How often names were seen lately, roughly and in little room: never less than truly since the
 * last halving, more only where others fell on all the same counters.
 */
final class FrequencySketch {
  /*
   * Count-min with conservative update [1]: four rows of counters from 0 to 15, each name has one
   * in every row, its count is the smallest. After ten times the capacity all are halved, so that
   * the past fades [2]. With as many counters a row as there are blocks, an error above 2 needs a
   * collision in all four rows.
   *
   * [1] Cormode, Muthukrishnan, https://doi.org/10.1016/j.jalgor.2003.12.001
   * [2] Einziger, Friedman, Manes, "TinyLFU", https://arxiv.org/abs/1512.00727
   */
  private static final int ROWS = 4;
  private static final int MAX_COUNT = 15;
  private static final int SAMPLES_PER_BLOCK = 10;
  private static final int MIN_WIDTH = 64;

  private byte[] counters = new byte[0]; // (ROWS, width)
  private int width;
  private int seen;

  /** Makes room for so many blocks; all counts are lost when that needs another size. */
  void ensureCapacity(int blocks) {
    int wanted = Math.max(MIN_WIDTH, Integer.highestOneBit(Math.max(1, blocks) * 2 - 1));
    if (wanted > width) {
      width = wanted;
      counters = new byte[ROWS * width];
      seen = 0;
    }
  }

  /** Counts a name. */
  void add(BlockHash name) {
    int count = count(name);
    if (count < MAX_COUNT) {
      for (int row = 0; row < ROWS; row++) {
        int place = place(name, row);
        counters[place] = (byte) Math.max(counters[place], count + 1);
      }
    }
    if (++seen >= SAMPLES_PER_BLOCK * width) {
      halve();
    }
  }

  /** About how often the name was counted, 0 to 15. */
  int count(BlockHash name) {
    int count = MAX_COUNT;
    for (int row = 0; row < ROWS; row++) {
      count = Math.min(count, counters[place(name, row)]);
    }
    return count;
  }

  private void halve() {
    for (int i = 0; i < counters.length; i++) {
      counters[i] >>= 1;
    }
    seen /= 2;
  }

  private int place(BlockHash name, int row) {
    long mixed = (name.word0() ^ Long.rotateLeft(name.word3(), 32)) + row * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
    mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
    return row * width + (int) ((mixed ^ (mixed >>> 32)) & (width - 1));
  }
}
