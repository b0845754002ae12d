package dev.kvasir.cache.tiered;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.LoadRule;
import dev.kvasir.cache.testing.TestingTicker;
import dev.kvasir.completion.CacheReport;
import dev.kvasir.completion.LoadEstimate;
import dev.kvasir.completion.MissReason;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An hour of requests, two a second, for 1 to 32 cached blocks of 64 tokens each, from a store that
 * takes 5 ms, 20 us a token, 15% more or less, and what it is slowed by. A load is to be regretted
 * if it took longer than computing was expected to.
 */
class LoadRegretTest {
  private static final System.Logger LOG = System.getLogger(LoadRegretTest.class.getName());
  private static final int BLOCK = 64;
  private static final int DEADLINE_MILLIS = 2_000;
  private static final int HOUR_MILLIS = 3_600_000;
  private static final CacheSettings AUTO =
      new CacheSettings(EvictionKind.LRU, 1L << 20, LoadRule.AUTO, DEADLINE_MILLIS);

  private final Random random = new Random(3);
  private final TestingTicker ticker = new TestingTicker();
  private final LoadCost cost = new LoadCost(ticker);
  private int requests;
  private int loads;
  private int regrets;

  @ParameterizedTest
  @CsvSource({"0, 2", "50, 2", "500, 2", "0, 0.5", "50, 0.5", "500, 0.5", "0, 0.1", "50, 0.1"})
  void decide_slowedStore_underAHundredthOfTheLoadsIsRegretted(
      int slowedMillis, double prefillMillisPerToken) {
    runAnHour(slowedMillis, prefillMillisPerToken);
    assertTrue(loads > requests / 4, loads + " loads");
    assertTrue(regrets < loads / 100.0, regrets + " of " + loads + " loads");
  }

  @ParameterizedTest
  @CsvSource({"500, 0.1"})
  void decide_loadingNeverPays_oneAMinuteIsTried(int slowedMillis, double prefillMillisPerToken) {
    runAnHour(slowedMillis, prefillMillisPerToken);
    assertTrue(loads < 90, loads + " loads");
    assertTrue(regrets < requests / 100.0, regrets + " of " + requests + " requests");
  }

  private void runAnHour(int slowedMillis, double prefillMillisPerToken) {
    long gone = 0;
    while (gone < HOUR_MILLIS) {
      long wait = (long) (-500 * Math.log(1 - random.nextDouble()));
      ticker.advanceMillis(wait);
      gone += wait;
      int tokens = BLOCK * (1 + random.nextInt(32));
      double loadMillis = (slowedMillis + 5 + tokens * 0.02) * noise(0.15);
      request(tokens, loadMillis, tokens * prefillMillisPerToken * noise(0.05));
    }
    LOG.log(
        System.Logger.Level.INFO,
        "store slowed by {0} ms, prefill {1} ms a token: {2} requests, {3} loads, {4} regretted",
        slowedMillis,
        prefillMillisPerToken,
        requests,
        loads,
        regrets);
  }

  private double noise(double deviation) {
    return Math.exp(deviation * random.nextGaussian());
  }

  private void request(int tokens, double loadMillis, double prefillMillis) {
    requests++;
    LoadDecision decision = cost.decide(AUTO, 0, tokens, false);
    LoadEstimate estimate = cost.estimate(decision, 0, tokens, false);
    boolean inTime = decision.load() && loadMillis <= decision.deadlineMillis();
    double waited = decision.load() ? Math.min(loadMillis, decision.deadlineMillis()) : 0;
    if (decision.load()) {
      loads++;
      Double expected = estimate.recomputeMillis();
      regrets += expected != null && waited + (inTime ? 0 : prefillMillis) > expected ? 1 : 0;
    }
    int tail = 3 * BLOCK; // what nobody has computed before
    double tailMillis = prefillMillis / tokens * tail;
    cost.observe(
        new CacheReport(
            0,
            0,
            0,
            inTime ? tokens : 0,
            0,
            inTime ? tail : tokens + tail,
            inTime ? MissReason.NONE : decision.load() ? MissReason.DEADLINE : decision.reason(),
            waited,
            0,
            inTime ? tailMillis : prefillMillis + tailMillis,
            "a",
            List.of(),
            estimate),
        BLOCK);
  }
}
