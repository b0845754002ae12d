package dev.kvasir.engine.schedule;

import dev.kvasir.engine.text.AnswerText;
import dev.kvasir.engine.text.Tokenizer;
import dev.kvasir.inference.SamplingParams;
import java.util.Set;

/**
 * What all answers of a model have in common.
 *
 * @param tokenizer turns tokens into text
 * @param endTokens the model's end of an answer
 * @param contextTokens most tokens of prompt and answer
 */
public record AnswerRules(Tokenizer tokenizer, Set<Integer> endTokens, int contextTokens) {
  public AnswerRules {
    endTokens = Set.copyOf(endTokens);
  }

  AnswerText text(SamplingParams sampling) {
    return new AnswerText(tokenizer, sampling.stop());
  }
}
