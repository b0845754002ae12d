package dev.kvasir.cache.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class TokenRateTest {
  private final AtomicLong nanos = new AtomicLong(-5);
  private final TokenRate rate = new TokenRate(nanos::get);

  private void count(int tokens) {
    for (int i = 0; i < tokens; i++) {
      rate.count();
    }
  }

  private void pass(int seconds) {
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
  }

  @Test
  void perSecond_nothing_zero() {
    assertEquals(0, rate.perSecond());
  }

  @Test
  void perSecond_secondIsOver_counts() {
    count(30);
    assertEquals(0, rate.perSecond());
    pass(1);
    assertEquals(3, rate.perSecond());
  }

  @Test
  void perSecond_aWindowOfEachSecond_meanOfTen() {
    for (int second = 0; second < 25; second++) {
      count(second < 15 ? 7 : 20);
      pass(1);
    }
    assertEquals(20, rate.perSecond());
  }

  @Test
  void perSecond_longAgo_zero() {
    count(50);
    pass(11);
    assertEquals(0, rate.perSecond());
    pass(100_000);
    count(10);
    pass(10);
    assertEquals(1, rate.perSecond());
  }
}
