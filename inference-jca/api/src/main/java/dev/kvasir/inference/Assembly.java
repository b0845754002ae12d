package dev.kvasir.inference;

import java.util.BitSet;
import java.util.List;

/**
 * A prompt put together from K/V that was computed in other prompts. What is not covered by a run
 * is computed, and so is what is named here.
 *
 * @param runs by position, none over another, all before the prompt's last token
 * @param recomputed positions whose rows are computed again over the assembled ones, though a run
 *     covers them; copied both ways
 * @param deviatingShare of all other rows that a run covers, from 0 to 1: those are computed again,
 *     too, that deviate most from what this prompt makes of them
 */
public record Assembly(List<KvRun> runs, BitSet recomputed, double deviatingShare) {
  public Assembly {
    runs = List.copyOf(runs);
    if (!(deviatingShare >= 0 && deviatingShare <= 1)) {
      throw new IllegalArgumentException(
          "the share of deviating rows is %s, but must be 0 to 1".formatted(deviatingShare));
    }
    recomputed = (BitSet) recomputed.clone();
    int end = 0;
    for (KvRun run : runs) {
      if (run.position() < end) {
        throw new IllegalArgumentException(
            "a run begins at position %d, but the one before it ends behind it, at %d"
                .formatted(run.position(), end));
      }
      end = run.end();
    }
  }

  @Override
  public BitSet recomputed() {
    return (BitSet) recomputed.clone();
  }
}
