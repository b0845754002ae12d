package dev.kvasir.bench.serve;

import java.util.Random;

/** When requests come, whoever is still waiting: independent of each other (a Poisson process). */
final class Arrivals {
  private Arrivals() {}

  /**
   * Seconds from the start, rising; the gaps between them are exponential.
   *
   * @param perSecond mean rate, above 0
   */
  static double[] poisson(int count, double perSecond, Random random) {
    double[] seconds = new double[count];
    double now = 0;
    for (int i = 0; i < count; i++) {
      now += -Math.log(1 - random.nextDouble()) / perSecond;
      seconds[i] = now;
    }
    return seconds;
  }
}
