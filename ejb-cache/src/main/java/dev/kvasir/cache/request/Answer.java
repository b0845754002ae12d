package dev.kvasir.cache.request;

import dev.kvasir.completion.CompletionChoice;
import dev.kvasir.inference.FinishReason;
import dev.kvasir.inference.GeneratedToken;
import dev.kvasir.inference.TokenIds;
import dev.kvasir.inference.TokenLogprobs;
import java.util.ArrayList;
import java.util.List;

/** One answer while it grows. One thread. */
final class Answer {
  private final int choice;
  private final Site site;
  private final StringBuilder text = new StringBuilder();
  private final List<Integer> tokens = new ArrayList<>();
  private final List<TokenLogprobs> logprobs = new ArrayList<>();
  private FinishReason finish = FinishReason.CANCELLED; // unless it comes to its end
  private int newTokens;
  private long lastTokenNanos;

  /**
   * @param choice its index among the request's answers
   */
  Answer(int choice, Site site) {
    this.choice = choice;
    this.site = site;
  }

  int choice() {
    return choice;
  }

  void add(GeneratedToken token) {
    long now = site.ticker().read();
    if (newTokens > 0) {
      site.observer().nextToken((now - lastTokenNanos) / 1e9);
    }
    lastTokenNanos = now;
    newTokens++;
    text.append(token.text());
    if (token.finish() != FinishReason.CANCELLED) { // that end has no token
      tokens.add(token.tokenId());
    }
    if (token.logprobs() != null) {
      logprobs.add(token.logprobs());
    }
    finish = token.finishReason().orElse(finish);
  }

  /** Its tokens as the model chose them, also those that its text leaves out. */
  TokenIds tokens() {
    return TokenIds.of(tokens.stream().mapToInt(Integer::intValue).toArray());
  }

  CompletionChoice finished() {
    return new CompletionChoice(text.toString(), finish, newTokens, logprobs);
  }
}
