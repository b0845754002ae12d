package dev.kvasir.it;

import dev.kvasir.completion.CachePolicy;
import dev.kvasir.completion.Completion;
import dev.kvasir.completion.CompletionRequest;
import dev.kvasir.completion.CompletionService;
import dev.kvasir.completion.Prompt;
import dev.kvasir.completion.TokenSink;
import dev.kvasir.inference.GeneratedToken;
import dev.kvasir.inference.InferenceConnection;
import dev.kvasir.inference.InferenceConnectionFactory;
import dev.kvasir.inference.SamplingParams;
import dev.kvasir.inference.Sequence;
import dev.kvasir.inference.SequenceRequest;
import dev.kvasir.inference.TokenIds;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.resource.ResourceException;
import java.util.List;

/** A bean of somebody else's application that wants completions; injected into once. */
@ApplicationScoped
public class Guest {
  static final int NEW_TOKENS = 12;

  @Resource(lookup = "jca/inference")
  InferenceConnectionFactory slots;

  @Resource(lookup = "kvasir/completions")
  CompletionService completions;

  /** Completes a text with the K/V that all share. */
  public Completion complete(String text, TokenSink sink) {
    return completions.complete(
        new CompletionRequest(
            "guest", new Prompt.Text(text), SamplingParams.GREEDY, NEW_TOKENS, CachePolicy.USE),
        sink);
  }

  /** Completes a text on a decode slot of its own. */
  public String completeByAdapter(String text) throws ResourceException {
    TokenIds prompt = slots.model().tokenize(text, true);
    SequenceRequest request =
        new SequenceRequest(prompt, List.of(), SamplingParams.GREEDY, NEW_TOKENS);
    StringBuilder answer = new StringBuilder();
    try (InferenceConnection slot = slots.getConnection();
        Sequence sequence = slot.open(request)) {
      GeneratedToken token = sequence.prefill();
      answer.append(token.text());
      while (token.finish() == null) {
        token = sequence.next();
        answer.append(token.text());
      }
    }
    return answer.toString();
  }
}
