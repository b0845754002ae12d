package dev.kvasir.engine.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ExponentialTest {
  @Test
  void of_anyXUpToZero_withinItsError() {
    Random random = new Random(1);
    for (int i = 0; i < 200_000; i++) {
      double x = -700 * random.nextDouble() * random.nextDouble();
      double exact = StrictMath.exp(x);
      assertEquals(exact, Exponential.of(x), (3 - x) * 3e-16 * exact, () -> "x = " + x);
    }
  }

  @Test
  void of_ends_exact() {
    assertEquals(1, Exponential.of(0));
    assertEquals(1, Exponential.of(-0.0));
    assertEquals(1, Exponential.of(-Double.MIN_VALUE));
    assertEquals(0, Exponential.of(-701));
    assertEquals(0, Exponential.of(Double.NEGATIVE_INFINITY));
  }
}
