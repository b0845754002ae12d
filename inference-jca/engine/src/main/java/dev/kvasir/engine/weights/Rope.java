package dev.kvasir.engine.weights;

import java.util.List;

/**
 * Frequencies of the rotary position embedding (Su et al., RoFormer, arXiv:2104.09864), in the
 * halves layout: number i turns with number i + headSize/2.
 *
 * @param theta base of the frequencies
 * @param scaling stretch for longer contexts
 */
public record Rope(double theta, Scaling scaling) {
  /** How frequencies are stretched. */
  public sealed interface Scaling {
    /** Not at all. */
    record None() implements Scaling {}

    /** All frequencies divided by {@code factor}. */
    record Linear(double factor) implements Scaling {
      public Linear {
        checkPositive("factor", factor);
      }
    }

    /** Llama 3.1's rule: low frequencies divided, high ones kept, those between blended. */
    record Llama3(
        double factor, double lowFrequencyFactor, double highFrequencyFactor, int originalContext)
        implements Scaling {
      public Llama3 {
        checkPositive("factor", factor);
        checkPositive("low frequency factor", lowFrequencyFactor);
        checkPositive("original context", originalContext);
        if (!(highFrequencyFactor > lowFrequencyFactor)) {
          throw new IllegalArgumentException(
              "RoPE's high frequency factor is %s, but must be above the low one, %s"
                  .formatted(highFrequencyFactor, lowFrequencyFactor));
        }
      }
    }

    /**
     * Each pair's frequency divided by its own number: what GGUF files keep of Llama 3.1's rule.
     *
     * @param divisors (headSize / 2)
     */
    record PerPair(List<Float> divisors) implements Scaling {
      public PerPair {
        divisors = List.copyOf(divisors);
        divisors.forEach(divisor -> checkPositive("divisor", divisor));
      }
    }
  }

  /**
   * Checks the base.
   *
   * @throws IllegalArgumentException if it makes no sense
   */
  public Rope {
    checkPositive("theta", theta);
  }

  /** Angle per position of each pair: (headSize / 2). */
  public double[] frequencies(int headSize) {
    double[] frequencies = new double[headSize / 2];
    for (int i = 0; i < frequencies.length; i++) {
      frequencies[i] = scaled(i, Math.pow(theta, -2.0 * i / headSize));
    }
    return frequencies;
  }

  private double scaled(int pair, double frequency) {
    if (scaling instanceof Scaling.Linear linear) {
      return frequency / linear.factor();
    }
    if (scaling instanceof Scaling.Llama3 llama3) {
      double wavelength = 2 * Math.PI / frequency;
      double ratio = llama3.originalContext() / wavelength;
      if (ratio < llama3.lowFrequencyFactor()) {
        return frequency / llama3.factor();
      }
      if (ratio > llama3.highFrequencyFactor()) {
        return frequency;
      }
      double blend =
          (ratio - llama3.lowFrequencyFactor())
              / (llama3.highFrequencyFactor() - llama3.lowFrequencyFactor());
      return (1 - blend) * frequency / llama3.factor() + blend * frequency;
    }
    if (scaling instanceof Scaling.PerPair perPair) {
      return frequency / perPair.divisors().get(pair);
    }
    return frequency;
  }

  private static void checkPositive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          "RoPE's %s is %s, but must be positive".formatted(name, value));
    }
  }
}
