package dev.kvasir.cache.semantic;

import dev.kvasir.cache.semantic.TokenDiff.Kept;
import dev.kvasir.inference.TokenIds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How a passage's new text is put together from the K/V of an earlier one: the alignment of KVShare
 * (Yang et al., arXiv:2503.16525). Tokens that both have in common are kept; those that were
 * deleted are left behind; those that were inserted, or replaced others, are computed.
 *
 * @param leastRun tokens that must stand together to be kept
 * @param leastCoverage share of the new text, from 0 to 1, that must be kept at least
 */
record Alignment(int leastRun, double leastCoverage) {
  /*
   * Where we differ from the paper: the earlier text is found by the id that the application gave
   * it, not by the likeness of whole prompts; and where so little is in common that it would not be
   * used, nobody looks for what it is.
   */
  static final Alignment DEFAULT = new Alignment(PassageFinder.LEAST_TOKENS, 0.5);

  /**
   * What is kept, by position; nothing if that is too little.
   *
   * @param found the passage in the prompt
   * @param earlier where the earlier text was computed
   */
  List<PassageRun> runs(FoundPassage found, PassageRows earlier, TokenIds prompt) {
    int[] old = earlier.passageTokens().toArray();
    int[] now = prompt.slice(found.position(), found.position() + found.count()).toArray();
    int least = (int) Math.ceil(leastCoverage * now.length);
    if (mostInCommon(old, now) < least) {
      return List.of(); // spares the diff, which takes longest where there is least in common
    }
    List<PassageRun> runs = new ArrayList<>();
    int kept = 0;
    int mostEdits = old.length + now.length - 2 * least;
    for (Kept run : new TokenDiff(old, now, mostEdits).kept().orElse(List.of())) {
      if (run.count() >= leastRun) {
        runs.add(
            new PassageRun(
                found,
                earlier,
                earlier.position() + run.from(),
                found.position() + run.to(),
                run.count()));
        kept += run.count();
      }
    }
    return kept < least ? List.of() : runs;
  }

  /** Tokens that both have, in whatever order. */
  private static int mostInCommon(int[] one, int[] other) {
    int[] a = one.clone();
    int[] b = other.clone();
    Arrays.sort(a);
    Arrays.sort(b);
    int common = 0;
    int at = 0;
    for (int token : a) {
      while (at < b.length && b[at] < token) {
        at++;
      }
      if (at < b.length && b[at] == token) {
        common++;
        at++;
      }
    }
    return common;
  }
}
