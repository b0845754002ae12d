package dev.kvasir.cache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class ReuseRatesTest {
  private static final int ENOUGH = 5_000;

  @Test
  void worth_nothingSeen_fallsWithAge() {
    ReuseRates rates = new ReuseRates(2);
    for (long age = 1; age < 1L << 30; age *= 2) {
      assertTrue(rates.worth(0, age) > rates.worth(0, 2 * age), "at " + age);
      assertEquals(rates.worth(0, age), rates.worth(1, age));
    }
  }

  @Test
  void worth_loop_whoWaitedLongestIsWorthMost() {
    ReuseRates rates = new ReuseRates(1);
    for (int i = 0; i < ENOUGH; i++) { // each block comes back after 1,000
      for (long age = 0; age < 1_000; age += 100) {
        rates.waited(0, age, 100);
      }
      rates.reused(0, 1_000);
      rates.tick();
    }
    assertTrue(rates.worth(0, 900) > 2 * rates.worth(0, 300));
    assertTrue(rates.worth(0, 300) > rates.worth(0, 10));
  }

  @Test
  void worth_classThatIsReused_isWorthMoreThanOneThatIsNot() {
    ReuseRates rates = new ReuseRates(2);
    for (int i = 0; i < ENOUGH; i++) {
      rates.waited(0, 50, 100);
      rates.waited(1, 50, 100);
      rates.reused(1, 50);
      rates.tick();
    }
    assertTrue(rates.worth(1, 40) > 10 * rates.worth(0, 40));
  }

  @Test
  void worth_afterChange_followsIt() {
    ReuseRates rates = new ReuseRates(2);
    for (int i = 0; i < 20 * ENOUGH; i++) {
      rates.waited(0, 50, 100);
      rates.waited(1, 50, 100);
      rates.reused(i < ENOUGH ? 0 : 1, 50);
      rates.tick();
    }
    assertTrue(rates.worth(1, 50) > rates.worth(0, 50));
  }
}
