package dev.kvasir.cache.request;

import dev.kvasir.completion.CacheReport;
import dev.kvasir.completion.Completion;
import dev.kvasir.completion.TokenSink;
import dev.kvasir.inference.FinishReason;
import dev.kvasir.inference.GeneratedToken;
import dev.kvasir.inference.Sequence;
import dev.kvasir.inference.TokenLogprobs;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer while it grows: each token goes to the sink and into the text. One thread. */
final class Answer {
  private final Sequence sequence;
  private final TokenSink sink;
  private final Site site;
  private final StringBuilder text = new StringBuilder();
  private final List<TokenLogprobs> logprobs = new ArrayList<>();
  private int newTokens;
  private long lastTokenNanos;
  private @Nullable FinishReason finish;

  Answer(Sequence sequence, TokenSink sink, Site site) {
    this.sequence = sequence;
    this.sink = sink;
    this.site = site;
  }

  /** Takes a token; returns whether another one is wanted. */
  boolean deliver(GeneratedToken token) {
    long now = site.ticker().read();
    if (newTokens > 0) {
      site.observer().nextToken((now - lastTokenNanos) / 1e9);
    }
    lastTokenNanos = now;
    newTokens++;
    text.append(token.text());
    if (token.logprobs() != null) {
      logprobs.add(token.logprobs());
    }
    finish = token.finish();
    boolean listening = sink.accept(token);
    if (finish == null && !listening) {
      sequence.cancel();
      site.observer().cancelled();
      finish = FinishReason.CANCELLED;
    }
    return finish == null;
  }

  Completion completion(int promptTokens, CacheReport report) {
    FinishReason reason = finish;
    if (reason == null) {
      throw new IllegalStateException("the answer is not finished");
    }
    return new Completion(text.toString(), reason, promptTokens, newTokens, logprobs, report);
  }
}
