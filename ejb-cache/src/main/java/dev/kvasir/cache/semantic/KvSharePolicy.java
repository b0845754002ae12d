package dev.kvasir.cache.semantic;

import java.util.BitSet;
import java.util.List;

/**
 * Earlier texts of passages will do, and of the tokens that are kept those are computed again whose
 * K/V deviates most: KVShare (Yang et al., arXiv:2503.16525). How texts are aligned is said at
 * {@link Alignment}; which tokens deviate is found as for {@link CacheBlendPolicy}.
 *
 * @param deviatingShare of the tokens that are kept, from 0 to 1
 */
record KvSharePolicy(double deviatingShare) implements BlendPolicy {
  @Override
  public boolean takesEdited() {
    return true;
  }

  @Override
  public BitSet recomputed(List<PassageRun> runs) {
    return new BitSet();
  }
}
