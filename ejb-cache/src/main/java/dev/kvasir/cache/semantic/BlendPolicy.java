package dev.kvasir.cache.semantic;

import dev.kvasir.completion.Blend;
import java.util.BitSet;
import java.util.List;

/** Which rows of moved passages are computed again at their new places. Pure. */
public interface BlendPolicy {
  /** Positions among the runs' that are computed again. */
  BitSet recomputed(List<PassageRun> runs);

  /**
   * Share of the runs' other rows, from 0 to 1, that are computed again, too: those that deviate
   * most from what their new prompt makes of them.
   */
  default double deviatingShare() {
    return 0;
  }

  /** Whether an earlier text of a passage serves it, as far as it is the same. */
  default boolean takesEdited() {
    return false;
  }

  /** The policy of a blend. */
  static BlendPolicy of(Blend blend) {
    return switch (blend.kind()) {
      case NONE -> runs -> new BitSet();
      case EPIC -> new EpicPolicy(EpicPolicy.DEFAULT_TOKENS);
      case CACHEBLEND -> new CacheBlendPolicy(blend.ratio());
      case KVSHARE -> new KvSharePolicy(blend.ratio());
      case FULL -> BlendPolicy::all;
    };
  }

  private static BitSet all(List<PassageRun> runs) {
    BitSet all = new BitSet();
    runs.forEach(run -> all.set(run.position(), run.position() + run.count()));
    return all;
  }
}
