package dev.kvasir.engine.schedule;

import dev.kvasir.engine.sample.SampledToken;
import dev.kvasir.engine.sample.Sampler;
import dev.kvasir.engine.text.AnswerText;
import dev.kvasir.inference.FinishReason;
import dev.kvasir.inference.GeneratedToken;
import dev.kvasir.inference.SequenceRequest;

/** One answer as it grows: logits in, tokens and text out, until it ends. Loop's thread only. */
final class Continuation {
  private static final int NO_TOKEN = -1;

  private final SequenceRequest request;
  private final int choice;
  private final AnswerRules rules;
  private final int mostTokens;
  private final Sampler sampler;
  private final AnswerText text;
  private int size;
  private int lastToken = NO_TOKEN;

  /**
   * @param choice index of this answer among those to the request
   */
  Continuation(SequenceRequest request, AnswerRules rules, int choice) {
    this.request = request;
    this.choice = choice;
    this.rules = rules;
    this.mostTokens =
        Math.min(request.maxNewTokens(), rules.contextTokens() - request.prompt().size());
    this.text = rules.text(request.sampling());
    this.sampler =
        new Sampler(request.sampling().forChoice(choice), text::tokenBytes, rules.nextTokens());
  }

  /** Tokens so far. */
  int size() {
    return size;
  }

  /** The token whose K/V the next step computes. */
  int lastToken() {
    return lastToken;
  }

  /** Most tokens that can still come. */
  int room() {
    return mostTokens - size;
  }

  /**
   * Chooses the next token.
   *
   * @param logits (vocabulary)
   * @throws dev.kvasir.inference.InferenceException if a logit is not a number
   */
  GeneratedToken take(float[] logits) {
    SampledToken sampled = sampler.choose(logits);
    int token = sampled.id();
    lastToken = token;
    size++;
    boolean ended = rules.endTokens().contains(token) && !request.sampling().ignoreEos();
    String shown = ended ? "" : text.push(token);
    FinishReason finish = room() == 0 ? FinishReason.LENGTH : null;
    if (ended || text.stopped()) {
      finish = FinishReason.STOP;
    }
    String last = finish == null ? "" : text.finish();
    return new GeneratedToken(choice, token, shown + last, finish, sampled.logprobs());
  }

  /** The end of an answer that nobody wants any more. */
  GeneratedToken cancelled() {
    return new GeneratedToken(choice, NO_TOKEN, text.finish(), FinishReason.CANCELLED, null);
  }
}
