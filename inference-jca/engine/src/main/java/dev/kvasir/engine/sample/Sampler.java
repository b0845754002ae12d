package dev.kvasir.engine.sample;

import dev.kvasir.inference.InferenceException;
import dev.kvasir.inference.SamplingParams;
import java.util.Arrays;
import java.util.Comparator;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/** Chooses one sequence's tokens; equal seeds and logits give equal tokens. Used by one thread. */
public final class Sampler {
  /*
   * Greedy takes the largest logit, the smallest id among equals. Otherwise: the topK largest logits (all if 0), softmax
   * with temperature over them, the smallest leading set whose probability reaches topP (nucleus sampling, Holtzman et
   * al., arXiv:1904.09751), and one random number a token, drawn whatever the filters leave.
   */

  private final SamplingParams params;
  private final RandomGenerator random;

  public Sampler(SamplingParams params) {
    this.params = params;
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(params.seed());
  }

  /**
   * Chooses a token.
   *
   * @param logits (vocabulary); not changed
   * @throws InferenceException if a logit is not a number
   */
  public int choose(float[] logits) {
    int best = argMax(logits);
    if (params.temperature() == 0) {
      return best;
    }
    int[] candidates = candidates(logits);
    double[] probabilities = softmax(logits, candidates, logits[best]);
    return candidates[draw(probabilities)];
  }

  private static int argMax(float[] logits) {
    int best = 0;
    for (int id = 0; id < logits.length; id++) {
      if (Float.isNaN(logits[id])) {
        throw new InferenceException("the logit of token " + id + " is not a number");
      }
      if (logits[id] > logits[best]) {
        best = id;
      }
    }
    return best;
  }

  /** Ids by falling logit, smaller id first among equals. */
  private int[] candidates(float[] logits) {
    boolean all = params.topK() == 0 || params.topK() >= logits.length;
    if (all && params.topP() == 1) {
      return IntStream.range(0, logits.length).toArray(); // the order does not matter
    }
    int[] sorted =
        IntStream.range(0, logits.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer id) -> -logits[id]))
            .mapToInt(Integer::intValue)
            .toArray();
    return all ? sorted : Arrays.copyOf(sorted, params.topK());
  }

  private double[] softmax(float[] logits, int[] candidates, float largest) {
    double[] weights = new double[candidates.length];
    double sum = 0;
    for (int i = 0; i < candidates.length; i++) {
      weights[i] = Math.exp((logits[candidates[i]] - largest) / params.temperature());
      sum += weights[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    return weights;
  }

  private int draw(double[] probabilities) {
    int count = 0;
    double mass = 0;
    while (count < probabilities.length && mass < params.topP()) {
      mass += probabilities[count++];
    }
    double target = random.nextDouble() * mass;
    for (int i = 0; i < count; i++) {
      target -= probabilities[i];
      if (target < 0) {
        return i;
      }
    }
    return count - 1; // rounding left nothing
  }
}
