package dev.kvasir.bench.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DistributionTest {
  @Test
  void percentile_hundredNumbers_isTheNumberOfThatRank() {
    List<Double> numbers =
        new java.util.ArrayList<>(IntStream.rangeClosed(1, 100).mapToObj(Double::valueOf).toList());
    Collections.reverse(numbers);
    Distribution distribution = new Distribution(numbers);
    assertEquals(50, distribution.percentile(50));
    assertEquals(99, distribution.percentile(99));
    assertEquals(100, distribution.percentile(100));
    assertEquals(1, distribution.percentile(0.5));
  }

  @Test
  void percentile_oneNumber_isThatNumber() {
    assertEquals(7, new Distribution(List.of(7.0)).percentile(50));
    assertEquals(7, new Distribution(List.of(7.0)).percentile(99));
  }

  @Test
  void percentile_noNumbers_isNotANumber() {
    assertTrue(Double.isNaN(new Distribution(List.of()).percentile(50)));
  }

  @Test
  void percentile_outOfRange_isRefused() {
    Distribution distribution = new Distribution(List.of(1.0));
    assertThrows(IllegalArgumentException.class, () -> distribution.percentile(0));
    assertThrows(IllegalArgumentException.class, () -> distribution.percentile(101));
  }
}
