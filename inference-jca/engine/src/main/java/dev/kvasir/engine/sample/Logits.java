package dev.kvasir.engine.sample;

import dev.kvasir.inference.InferenceException;
import java.util.Arrays;

/** What is asked of all logits of a step, in one pass each. All arrays are (vocabulary). */
public final class Logits {
  /** Tokens of a run: few enough to look at one by one, many enough to skip most. */
  static final int RUN = 512;

  private Logits() {}

  /**
   * Checks that all are numbers.
   *
   * @throws InferenceException if one is not
   */
  public static void requireNumbers(float[] logits) {
    for (int id = 0; id < logits.length; id++) {
      if (Float.isNaN(logits[id])) {
        throw notANumber(id);
      }
    }
  }

  private static InferenceException notANumber(int id) {
    return new InferenceException("the logit of token " + id + " is not a number");
  }

  /**
   * The token with the largest logit, the smallest id among equals.
   *
   * @throws InferenceException if a logit is not a number, or the largest one is not finite
   */
  static int argMax(float[] logits) {
    int best = 0;
    float largest = Float.NEGATIVE_INFINITY;
    for (int id = 0; id < logits.length; id++) {
      float logit = logits[id];
      if (!(logit <= largest)) { // seldom, and also if it is not a number
        if (Float.isNaN(logit)) {
          throw notANumber(id);
        }
        best = id;
        largest = logit;
      }
    }
    if (Float.isInfinite(largest)) {
      throw new InferenceException("the largest logit, of token " + best + ", is not finite");
    }
    return best;
  }

  /**
   * The parts of {@link #mass} over runs of {@link #RUN} tokens, the last one perhaps shorter; the
   * first ends at token {@code RUN}.
   */
  static double[] runMasses(float[] logits, double largest, double temperature) {
    double[] masses = new double[(logits.length + RUN - 1) / RUN];
    for (int run = 0; run < masses.length; run++) {
      int end = Math.min((run + 1) * RUN, logits.length);
      double mass = 0;
      for (int id = run * RUN; id < end; id++) {
        mass += Exponential.of((logits[id] - largest) / temperature);
      }
      masses[run] = mass;
    }
    return masses;
  }

  /** Sum of {@code e^((logit - largest) / temperature)}. */
  static double mass(float[] logits, double largest, double temperature) {
    return sum(runMasses(logits, largest, temperature));
  }

  /** The sum over all runs. */
  static double sum(double[] masses) {
    double sum = 0;
    for (double mass : masses) {
      sum += mass;
    }
    return sum;
  }

  /** Ids of the tokens that have at least this logit, in order. */
  static int[] idsFrom(double least, float[] logits) {
    int[] ids = new int[64];
    int count = 0;
    for (int id = 0; id < logits.length; id++) {
      if (logits[id] >= least) {
        if (count == ids.length) {
          ids = Arrays.copyOf(ids, Math.min(4 * count, logits.length));
        }
        ids[count++] = id;
      }
    }
    return Arrays.copyOf(ids, count);
  }

  /**
   * Ids of the largest logits, largest first, the smaller id first among equals.
   *
   * @param count of them; all if there are fewer
   */
  static int[] largest(int count, float[] logits) {
    TopTokens top = new TopTokens(Math.min(count, logits.length));
    for (int id = 0; id < logits.length; id++) {
      top.offer(id, logits[id]);
    }
    return top.ids();
  }
}
