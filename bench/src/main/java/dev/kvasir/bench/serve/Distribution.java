package dev.kvasir.bench.serve;

import java.util.Collection;

/** Measured numbers, of which there may be none. */
public final class Distribution {
  private final double[] sorted;

  /** Of these numbers. */
  public Distribution(Collection<Double> numbers) {
    this.sorted = numbers.stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }

  /** How many there are. */
  public int count() {
    return sorted.length;
  }

  /**
   * The smallest number that is not below {@code percent} percent of all (nearest rank); NaN if
   * there are none.
   *
   * @param percent above 0, up to 100
   */
  public double percentile(double percent) {
    if (percent <= 0 || percent > 100) {
      throw new IllegalArgumentException(
          "the percentile is %s, but must be above 0 and up to 100".formatted(percent));
    }
    return sorted.length == 0
        ? Double.NaN
        : sorted[(int) Math.ceil(percent / 100 * sorted.length) - 1];
  }
}
