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
}
