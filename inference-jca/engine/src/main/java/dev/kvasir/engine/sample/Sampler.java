package dev.kvasir.engine.sample;

import dev.kvasir.inference.InferenceException;
import dev.kvasir.inference.SamplingParams;
import java.nio.ByteBuffer;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/** Chooses one sequence's tokens; equal seeds and logits give equal tokens. Used by one thread. */
public final class Sampler {
  /*
   * The order is vLLM's: bias and penalties, tokens that may not come, temperature, min_p, top_k, top_p. Greedy takes the
   * largest logit, the smallest id among equals. Otherwise one random number is drawn a token,
   * whatever the filters leave, so that the stream of numbers depends on the seed alone.
   *
   * It runs between two steps of the graph, for each sequence of the batch, hence no sorting of the
   * vocabulary and nothing boxed. Over 49,152 logits greedy takes 14 us, all else some 30 to 300 (SamplerSpeed).
   */
  private final SamplingParams params;
  private final LogitChanges changes;
  private final RandomGenerator random;
  private final @Nullable Logprobs logprobs;
  private final @Nullable LogitMask mask;

  /**
   * Starts the random numbers.
   *
   * @param params how to choose
   * @param tokenBytes the UTF-8 that a token stands for, for log-probabilities
   * @param next which tokens may be chosen; null for all, always
   */
  public Sampler(
      SamplingParams params, IntFunction<ByteBuffer> tokenBytes, @Nullable NextTokens next) {
    this.params = params;
    this.changes = new LogitChanges(params);
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(params.seed());
    Integer top = params.topLogprobs();
    this.logprobs = top == null ? null : new Logprobs(top, tokenBytes);
    this.mask = next == null ? null : new LogitMask(next);
  }

  /**
   * Chooses a token, which counts for penalties from now on.
   *
   * @param logits (vocabulary); not changed
   * @throws InferenceException if a logit is not a number, or the largest one is not finite
   */
  public SampledToken choose(float[] logits) {
    float[] changed = changes.applyTo(logits);
    if (mask != null) {
      changed = mask.applyTo(changed);
    }
    int best = Logits.argMax(changed);
    int chosen = params.temperature() == 0 ? best : draw(changed, best);
    changes.count(chosen);
    if (mask != null) {
      mask.accept(chosen);
    }
    return new SampledToken(chosen, logprobs == null ? null : logprobs.of(chosen, logits));
  }

  private int draw(float[] logits, int best) {
    double share = random.nextDouble();
    boolean filtered = params.minP() > 0 || params.topK() > 0 || params.topP() < 1;
    return filtered
        ? Candidates.of(logits, logits[best], params).draw(share)
        : drawFromAll(logits, best, share);
  }

  private int drawFromAll(float[] logits, int best, double share) {
    double largest = logits[best];
    double[] masses = Logits.runMasses(logits, largest, params.temperature());
    double rest = share * Logits.sum(masses);
    int run = 0;
    while (run < masses.length && rest >= masses[run]) {
      rest -= masses[run++];
    }
    int end = Math.min((run + 1) * Logits.RUN, logits.length);
    for (int id = run * Logits.RUN; id < end; id++) {
      rest -= Exponential.of((logits[id] - largest) / params.temperature());
      if (rest < 0) {
        return id;
      }
    }
    return best; // rounding left nothing
  }
}
