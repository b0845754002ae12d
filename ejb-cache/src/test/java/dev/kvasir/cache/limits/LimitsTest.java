package dev.kvasir.cache.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.limits.KeyLimits.Bounds;
import dev.kvasir.cache.limits.KeyLimits.Exceeded;
import dev.kvasir.cache.testing.TestingTicker;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private final TestingTicker ticker = new TestingTicker();
  private final KeyLimits limits = new KeyLimits(ticker);
  private final FailedAttempts attempts = new FailedAttempts(10, ticker);

  @Test
  void admit_moreRequestsThanAMinuteHas_waitForTheNext() {
    Bounds three = new Bounds(3, 0);
    for (int request = 0; request < 3; request++) {
      assertEquals(Optional.empty(), limits.admit("a", three));
    }
    assertEquals(Optional.of(new Exceeded("requests", 3, 20)), limits.admit("a", three));
    assertEquals(Optional.empty(), limits.admit("b", three));
    ticker.advanceMillis(19_999);
    assertEquals(Optional.of(new Exceeded("requests", 3, 1)), limits.admit("a", three));
    ticker.advanceMillis(1);
    assertEquals(Optional.empty(), limits.admit("a", three));
  }

  @Test
  void charge_moreTokensThanAMinuteHas_owedAndWaitedFor() {
    Bounds bounds = new Bounds(0, 600);
    assertEquals(Optional.empty(), limits.admit("a", bounds));
    limits.charge("a", bounds, 1_200);
    assertEquals(Optional.of(new Exceeded("tokens", 600, 61)), limits.admit("a", bounds));
    ticker.advanceMillis(60_100);
    assertEquals(Optional.empty(), limits.admit("a", bounds));
  }

  @Test
  void admit_noBounds_always() {
    Bounds none = new Bounds(0, 0);
    for (int request = 0; request < 1_000; request++) {
      assertEquals(Optional.empty(), limits.admit("a", none));
      limits.charge("a", none, 1_000_000);
    }
  }

  @Test
  void bucket_longIdle_holdsNoMoreThanItsCapacity() {
    Bounds two = new Bounds(2, 0);
    ticker.advanceMillis(3_600_000);
    assertEquals(Optional.empty(), limits.admit("a", two));
    assertEquals(Optional.empty(), limits.admit("a", two));
    assertTrue(limits.admit("a", two).isPresent());
  }

  @Test
  void failed_moreThanAreFree_waitGrowsAndIsForgiven() {
    for (int attempt = 0; attempt < 9; attempt++) {
      attempts.failed("10.0.0.7");
    }
    assertEquals(0, attempts.secondsToWait("10.0.0.7"));
    attempts.failed("10.0.0.7");
    assertEquals(60, attempts.secondsToWait("10.0.0.7"));
    attempts.failed("10.0.0.7");
    assertEquals(120, attempts.secondsToWait("10.0.0.7"));
    assertEquals(0, attempts.secondsToWait("10.0.0.8"));
    ticker.advanceMillis(120_000);
    assertEquals(0, attempts.secondsToWait("10.0.0.7"));
  }

  @Test
  void failed_fromInventedAddresses_tableStaysBounded() {
    for (int address = 0; address < 20_000; address++) {
      attempts.failed("address " + address);
    }
    assertEquals(10_000, attempts.addresses());
  }
}
