package dev.kvasir.inference;

import java.util.List;

/**
 * How likely a chosen token was, and which ones were most likely in its place. As the model gave
 * them: before bias, penalties and temperature.
 *
 * @param chosen the token of the answer
 * @param top the most likely tokens, best first; as many as asked for, perhaps the chosen one too
 */
public record TokenLogprobs(TokenLogprob chosen, List<TokenLogprob> top) {
  public TokenLogprobs {
    top = List.copyOf(top);
  }
}
