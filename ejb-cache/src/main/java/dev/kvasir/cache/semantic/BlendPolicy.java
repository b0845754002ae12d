package dev.kvasir.cache.semantic;

import dev.kvasir.completion.BlendKind;
import java.util.BitSet;
import java.util.List;

/** Which rows of moved passages are computed again at their new places. Pure. */
public interface BlendPolicy {
  /** Positions among the runs' that are computed again. */
  BitSet recomputed(List<PassageRun> runs);

  /** The policy of a kind. */
  static BlendPolicy of(BlendKind kind) {
    return switch (kind) {
      case NONE -> runs -> new BitSet();
      case EPIC -> new EpicPolicy(EpicPolicy.DEFAULT_TOKENS);
      case FULL -> BlendPolicy::all;
    };
  }

  private static BitSet all(List<PassageRun> runs) {
    BitSet all = new BitSet();
    runs.forEach(run -> all.set(run.position(), run.position() + run.count()));
    return all;
  }
}
