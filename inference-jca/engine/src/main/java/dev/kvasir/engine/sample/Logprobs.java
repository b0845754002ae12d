package dev.kvasir.engine.sample;

import dev.kvasir.inference.TokenLogprob;
import dev.kvasir.inference.TokenLogprobs;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Log-probabilities of tokens, from the logits as the model gave them.
 *
 * @param top how many of the most likely tokens
 * @param tokenBytes what each token stands for
 */
record Logprobs(int top, IntFunction<ByteBuffer> tokenBytes) {
  /** In place of less: JSON knows no infinity. As in vLLM. */
  private static final double LEAST = -9999;

  /**
   * Those of a step.
   *
   * @param logits (vocabulary); not changed
   */
  TokenLogprobs of(int chosen, float[] logits) {
    double largest = logits[Logits.argMax(logits)];
    double logMass = largest + StrictMath.log(Logits.mass(logits, largest, 1));
    List<TokenLogprob> best = new ArrayList<>(top);
    for (int id : Logits.largest(top, logits)) {
      best.add(logprob(id, logits, logMass));
    }
    return new TokenLogprobs(logprob(chosen, logits, logMass), best);
  }

  private TokenLogprob logprob(int id, float[] logits, double logMass) {
    return new TokenLogprob(id, Math.max(LEAST, logits[id] - logMass), tokenBytes.apply(id));
  }
}
