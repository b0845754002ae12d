package dev.kvasir.cache.tiered;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.LoadRule;
import dev.kvasir.cache.testing.TestingTicker;
import dev.kvasir.completion.CacheReport;
import dev.kvasir.completion.Gap;
import dev.kvasir.completion.MissReason;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Blocks of 64 tokens; prefill takes 1 ms a token near the start, 4 ms from 2,048 on. */
class LoadCostTest {
  private static final int BLOCK = 64;
  private static final int DEADLINE_MILLIS = 250;

  private final TestingTicker ticker = new TestingTicker();
  private final LoadCost cost = new LoadCost(ticker);

  private static CacheSettings rule(LoadRule rule) {
    return new CacheSettings(EvictionKind.LRU, 1L << 20, rule, DEADLINE_MILLIS);
  }

  private LoadDecision decide(int fromToken, int toToken) {
    return cost.decide(rule(LoadRule.AUTO), fromToken, toToken, false);
  }

  private void computed(int depth, int tokens, double millis) {
    observe(new CacheReport(depth, 0, 0, 0, 0, tokens, MissReason.FIRST_SEEN, 0, 0, millis, "a"));
  }

  private void loaded(int tokens, double millis) {
    observe(new CacheReport(0, 0, 0, tokens, 0, 1, MissReason.NONE, millis, 0, 1, "a"));
  }

  private void observe(CacheReport report) {
    for (int i = 0; i < 5; i++) {
      cost.observe(report, BLOCK);
    }
  }

  @Test
  void decide_fixedRules_askNoMeasurement() {
    assertEquals(LoadDecision.within(250), cost.decide(rule(LoadRule.ALWAYS), 0, 640, false));
    assertEquals(
        LoadDecision.not(MissReason.CACHE_OFF), cost.decide(rule(LoadRule.NEVER), 0, 640, false));
  }

  @Test
  void decide_nothingMeasured_loads() {
    assertEquals(LoadDecision.within(250), decide(0, 640));
  }

  @Test
  void decide_prefillMeasuredOnly_triesNoLongerThanItWouldSave() {
    computed(0, 128, 128);
    assertEquals(LoadDecision.within(64), decide(0, 64));
    assertEquals(LoadDecision.within(250), decide(0, 640));
  }

  @Test
  void decide_loadSlowerThanPrefill_computesUntilItIsForgotten() {
    computed(0, 128, 128);
    loaded(128, 200);
    assertEquals(LoadDecision.not(MissReason.RECOMPUTE_CHEAPER), decide(0, 128));

    ticker.advanceMillis(61_000);
    computed(0, 128, 128);
    assertEquals(LoadDecision.within(128), decide(0, 128));
  }

  @Test
  void decide_slowDisk_computesWhatLiesThereAndLoadsFromTheGrid() {
    computed(0, 128, 128);
    loaded(128, 1);
    observe(new CacheReport(0, 0, 0, 64, 64, 1, MissReason.NONE, 100, 100, 1, "a"));
    assertEquals(LoadDecision.within(128), decide(0, 128));
    assertEquals(
        LoadDecision.not(MissReason.RECOMPUTE_CHEAPER),
        cost.decide(rule(LoadRule.AUTO), 0, 128, true));
  }

  @Test
  void decide_diskGivesNothing_onlyTheDiskIsLeftAside() {
    computed(0, 128, 128);
    loaded(128, 1);
    observe(new CacheReport(0, 0, 0, 0, 0, 1, MissReason.DISK_UNAVAILABLE, 250, 0, 1, "a"));
    assertEquals(LoadDecision.within(128), decide(0, 128));
    assertEquals(
        LoadDecision.not(MissReason.RECOMPUTE_CHEAPER),
        cost.decide(rule(LoadRule.AUTO), 0, 128, true));
  }

  @Test
  void decide_deepPrefix_isWorthLoadingThoughAShallowOneIsNot() {
    computed(0, 128, 128);
    computed(2048, 128, 512);
    loaded(128, 256);
    assertEquals(LoadDecision.not(MissReason.RECOMPUTE_CHEAPER), decide(0, 128));
    assertEquals(LoadDecision.within(250), decide(2048, 2176));
  }

  @Test
  void decide_shortPrefills_sayNothing() {
    computed(0, 40, 4000);
    loaded(128, 1000);
    assertEquals(LoadDecision.within(250), decide(0, 128));
  }

  @Test
  void decide_deadlinesPassed_countAsLoadTime() {
    computed(0, 128, 128);
    loaded(128, 1);
    assertEquals(LoadDecision.within(128), decide(0, 128));
    observe(new CacheReport(0, 0, 0, 0, 0, 1, MissReason.DEADLINE, 250, 0, 1, "a"));
    assertEquals(LoadDecision.not(MissReason.RECOMPUTE_CHEAPER), decide(0, 128));
  }

  private OptionalInt fromBothEnds(int fromToken, int toToken) {
    return cost.fromBothEnds(rule(LoadRule.AUTO), fromToken, toToken, false);
  }

  @Test
  void fromBothEnds_fixedRulesAndUnknownCosts_areNotSplit() {
    assertEquals(OptionalInt.empty(), fromBothEnds(0, 2048));
    computed(0, 128, 128);
    assertEquals(OptionalInt.empty(), fromBothEnds(0, 2048));
    loaded(2048, 2048);
    assertEquals(OptionalInt.of(2048), fromBothEnds(0, 2048));
    assertEquals(OptionalInt.empty(), cost.fromBothEnds(rule(LoadRule.ALWAYS), 0, 2048, false));
    assertEquals(OptionalInt.empty(), cost.fromBothEnds(rule(LoadRule.NEVER), 0, 2048, false));
    assertEquals(OptionalInt.empty(), cost.fromBothEnds(rule(LoadRule.AUTO), 0, 2048, true));
  }

  @Test
  void fromBothEnds_loadsAreFast_areNotSplit() {
    computed(0, 128, 128);
    loaded(2048, 200);
    assertEquals(OptionalInt.empty(), fromBothEnds(0, 2048));
    assertEquals(LoadDecision.within(250), decide(0, 2048));
  }

  @Test
  void fromBothEnds_loadingAllWouldBeSlower_endIsLoadedAllTheSame() {
    computed(0, 128, 128);
    loaded(2048, 3072);
    assertEquals(LoadDecision.not(MissReason.RECOMPUTE_CHEAPER), decide(0, 2048));
    assertEquals(OptionalInt.of(2048), fromBothEnds(0, 2048)); // prefill, not the deadline of 250
    assertEquals(OptionalInt.empty(), fromBothEnds(0, 512)); // too short for steps of 256
  }

  @Test
  void fromBothEnds_storeAnswersLateAndThenAllAtOnce_nothingIsGained() {
    computed(0, 128, 128);
    loaded(128, 1000);
    loaded(2048, 1010);
    assertEquals(OptionalInt.empty(), fromBothEnds(0, 2048));
  }

  @Test
  void fromBothEnds_nothingEverCame_allIsComputed() {
    computed(0, 128, 128);
    observe(new CacheReport(0, 0, 0, 0, 0, 1, MissReason.DEADLINE, 250, 0, 1, "a"));
    assertEquals(OptionalInt.empty(), fromBothEnds(0, 2048));
  }

  @Test
  void observe_endWasLoadedMeanwhile_frontTeachesItsOwnDepth() {
    List<Gap> gaps = List.of(Gap.of(MissReason.MEANWHILE, 256));
    observe(
        new CacheReport(0, 0, 0, 2048, 0, 256, MissReason.MEANWHILE, 0, 250, 256, "a", gaps, null));
    computed(2048, 128, 512);
    LoadDecision load = LoadDecision.within(250);
    assertEquals(
        64.0, Objects.requireNonNull(cost.estimate(load, 0, 64, false).recomputeMillis()), 1e-9);
    assertEquals(
        256.0,
        Objects.requireNonNull(cost.estimate(load, 2048, 2112, false).recomputeMillis()),
        1e-9);
    assertEquals(
        250.0, Objects.requireNonNull(cost.estimate(load, 0, 2048, false).loadMillis()), 1e-9);
  }
}
