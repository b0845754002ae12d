package dev.kvasir.cache.semantic;

import java.util.BitSet;
import java.util.List;

/**
 * The first tokens of each passage, but of one with which the prompt begins: LegoLink of EPIC (Hu
 * et al., arXiv:2410.15332). Computed alone, each passage has made an attention sink of its own
 * first tokens; at its new place they must not be one, and few of them are enough to mend that.
 *
 * <p>Where we differ: the passages were not computed alone, but wherever in a prompt they stood, so
 * that nobody encodes them for the cache's sake; and tokens at their edges, which a tokenizer cuts
 * otherwise, are computed anyway.
 *
 * @param tokens of each passage
 */
record EpicPolicy(int tokens) implements BlendPolicy {
  /** As the paper's figures have it. */
  static final int DEFAULT_TOKENS = 16;

  @Override
  public BitSet recomputed(List<PassageRun> runs) {
    BitSet recomputed = new BitSet();
    for (PassageRun run : runs) {
      int begin = run.passage().begin();
      int end = Math.min(begin + tokens, run.position() + run.count());
      if (begin > 0 && end > run.position()) {
        recomputed.set(run.position(), end);
      }
    }
    return recomputed;
  }
}
