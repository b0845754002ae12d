package dev.kvasir.engine.schedule;

import dev.kvasir.engine.constrain.Constraint;
import dev.kvasir.engine.sample.NextTokens;
import dev.kvasir.engine.text.AnswerText;
import dev.kvasir.engine.text.Tokenizer;
import dev.kvasir.inference.SamplingParams;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What all answers to a request go by, most of it the model's.
 *
 * @param tokenizer turns tokens into text
 * @param endTokens the model's end of an answer
 * @param contextTokens most tokens of prompt and answer
 * @param constraint what they keep to; null if they are free
 */
public record AnswerRules(
    Tokenizer tokenizer,
    Set<Integer> endTokens,
    int contextTokens,
    @Nullable Constraint constraint) {
  public AnswerRules {
    endTokens = Set.copyOf(endTokens);
  }

  /** Rules for answers that keep to a constraint. */
  public AnswerRules within(Constraint answers) {
    return new AnswerRules(tokenizer, endTokens, contextTokens, answers);
  }

  /** Which tokens may come next in a new answer; null if all may, always. */
  @Nullable NextTokens nextTokens() {
    return constraint == null ? null : constraint.start();
  }

  AnswerText text(SamplingParams sampling) {
    return new AnswerText(tokenizer, sampling.stop());
  }
}
