package dev.kvasir.cache.semantic;

import dev.kvasir.inference.TokenIds;
import java.util.List;

/**
 * A prompt with the passages that were found in it.
 *
 * @param tokens of the prompt
 * @param passages by position, none over another
 */
public record MarkedPrompt(TokenIds tokens, List<FoundPassage> passages) {
  public MarkedPrompt {
    passages = List.copyOf(passages);
  }

  /**
   * What the prompt needs of the runs that are known of it: none of its last token, and none too
   * short.
   *
   * @param exactTokens leading tokens of the prompt that need none of them
   */
  public List<PassageRun> needed(List<PassageRun> runs, int exactTokens) {
    return runs.stream()
        .map(run -> run.between(exactTokens, tokens.size() - 1))
        .filter(run -> run.count() >= PassageFinder.LEAST_TOKENS)
        .toList();
  }
}
