package dev.kvasir.cache.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.cache.CacheStats.Timing;
import org.junit.jupiter.api.Test;

class FirstTokenTimesTest {
  private final FirstTokenTimes times = new FirstTokenTimes();

  @Test
  void snapshot_noRequest_isAllZero() {
    assertEquals(new Timing(0, 0, 0, 0), times.snapshot());
  }

  @Test
  void snapshot_hundredEach_givesNearestRanks() {
    for (int i = 1; i <= 100; i++) {
      times.add(i, true);
      times.add(1000 + i, false);
    }
    assertEquals(new Timing(50, 99, 1050, 1099), times.snapshot());
  }

  @Test
  void snapshot_moreThanTheRing_forgetsTheOldest() {
    times.add(1e9, true);
    for (int i = 0; i < 1024; i++) {
      times.add(7, true);
    }
    assertEquals(new Timing(7, 7, 0, 0), times.snapshot());
  }
}
