package dev.kvasir.console.dashboard;

import dev.kvasir.console.Sums;

/**
 * What was not computed because it was cached, estimated.
 *
 * @param tokens of prompts
 * @param seconds that computing them would have taken at the measured pace, less what looking up
 *     and loading took; not below 0
 * @param kilowattHours that this node would have drawn meanwhile
 * @param price of these
 */
public record Saved(long tokens, double seconds, double kilowattHours, double price) {
  private static final double JOULES_PER_KILOWATT_HOUR = 3.6e6;
  private static final double CENTS = 100;

  /**
   * Of some requests.
   *
   * @param secondsPerToken what computing a token takes, 0 if that is not known: then there is no
   *     time, energy or price to tell
   */
  static Saved of(Sums sums, double secondsPerToken, Prices prices) {
    long tokens = sums.tokens().cached();
    double seconds =
        secondsPerToken == 0
            ? 0
            : Math.max(0, tokens * secondsPerToken - sums.spent().reuseSeconds());
    double kilowattHours = seconds * prices.watts() / JOULES_PER_KILOWATT_HOUR;
    return new Saved(
        tokens, seconds, kilowattHours, kilowattHours * prices.centsPerKilowattHour() / CENTS);
  }
}
