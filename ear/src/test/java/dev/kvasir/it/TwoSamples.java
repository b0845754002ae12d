package dev.kvasir.it;

import java.util.List;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.MannWhitneyUTest;

/** Two samples of durations, compared by factor and by rank. */
final class TwoSamples {
  /*
   * Mann and Whitney's test on logarithms: a factor becomes a shift, and a pause of the machine is
   * one high rank, whatever its length. Means, and so Welch's test, would follow the pauses.
   *
   * Equivalence by two one-sided tests [1]: that ours is not shorter by the factor or more, and
   * not longer by it or more, each shown at the level asked for.
   *
   * [1] Schuirmann, A comparison of the two one-sided tests procedure and the power approach for
   *     assessing the equivalence of average bioavailability, J. Pharmacokinet. Biopharm. 15, 1987.
   */

  private final double[] ours; // logarithms
  private final double[] theirs;

  private TwoSamples(double[] ours, double[] theirs) {
    this.ours = ours;
    this.theirs = theirs;
  }

  /** Samples of nanoseconds. */
  static TwoSamples of(List<Long> ours, List<Long> theirs) {
    return new TwoSamples(logarithms(ours), logarithms(theirs));
  }

  /** Chance of such samples, or clearer ones, were ours not shorter than theirs by the factor. */
  double pShorterByMoreThan(double factor) {
    return p(AlternativeHypothesis.LESS_THAN, -Math.log(factor));
  }

  /** Chance of such samples, or clearer ones, were ours off theirs by the factor or more. */
  double pWithin(double factor) {
    double shift = Math.log(factor);
    return Math.max(
        p(AlternativeHypothesis.GREATER_THAN, -shift), p(AlternativeHypothesis.LESS_THAN, shift));
  }

  private double p(AlternativeHypothesis alternative, double shift) {
    return MannWhitneyUTest.withDefaults()
        .with(alternative)
        .withMu(shift)
        .test(ours, theirs)
        .getPValue();
  }

  private static double[] logarithms(List<Long> nanos) {
    return nanos.stream().mapToDouble(Math::log).toArray();
  }
}
