package dev.kvasir.it;

import dev.kvasir.inference.GeneratedToken;
import dev.kvasir.inference.InferenceConnection;
import dev.kvasir.inference.InferenceConnectionFactory;
import dev.kvasir.inference.SamplingParams;
import dev.kvasir.inference.Sequence;
import dev.kvasir.inference.SequenceRequest;
import dev.kvasir.inference.TokenIds;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.Dependent;
import jakarta.resource.ResourceException;
import java.util.List;

/** A bean of somebody else's application that wants completions. */
@Dependent
public class Guest {
  static final int NEW_TOKENS = 12;

  @Resource(lookup = "jca/inference")
  InferenceConnectionFactory slots;

  /** Completes a text on a decode slot of its own. */
  String completeByAdapter(String text) throws ResourceException {
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
