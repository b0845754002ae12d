package dev.kvasir.bench.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
  @Test
  void poisson_manyArrivals_haveTheMeanAndTheSpreadOfExponentialGaps() {
    double[] seconds = Arrivals.poisson(20_000, 4, new Random(1));
    double mean = seconds[seconds.length - 1] / seconds.length;
    double squares = 0;
    for (int i = 1; i < seconds.length; i++) {
      assertTrue(seconds[i] > seconds[i - 1]);
      squares += Math.pow(seconds[i] - seconds[i - 1] - mean, 2);
    }
    assertEquals(0.25, mean, 0.01);
    assertEquals(0.25, Math.sqrt(squares / seconds.length), 0.01);
  }

  @Test
  void poisson_sameSeed_sameSchedule() {
    assertArrayEquals(
        Arrivals.poisson(10, 0.2, new Random(7)), Arrivals.poisson(10, 0.2, new Random(7)));
  }
}
