package dev.kvasir.cache.tiered;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.LoadRule;
import dev.kvasir.cache.Prefix;
import dev.kvasir.cache.RecomputeChecks;
import dev.kvasir.cache.testing.TestingBlockStore;
import dev.kvasir.cache.testing.TestingModel;
import dev.kvasir.cache.testing.TestingNode;
import dev.kvasir.cache.testing.TestingTicker;
import dev.kvasir.completion.CacheReport;
import dev.kvasir.completion.Gap;
import dev.kvasir.completion.LoadEstimate;
import dev.kvasir.completion.MissReason;
import dev.kvasir.inference.IdleRecompute;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Blocks of 4 tokens; computing 16 tokens was expected to take 250 ms. */
class RecomputeCheckTest {
  private static final CacheSettings AUTO =
      new CacheSettings(EvictionKind.LRU, 1 << 20, LoadRule.AUTO, 250);
  private static final LoadEstimate ESTIMATE = new LoadEstimate(16, true, 5.0, 250.0);

  private final TestingNode node = new TestingNode("a", new TestingBlockStore());
  private final TestingModel model = node.model;
  private final LoadCost cost = new LoadCost(new TestingTicker());
  private final Prefix prefix = node.prefix("t", "a text of five blocks, or six");
  private final Deque<Boolean> choices = new ArrayDeque<>();
  private final RecomputeCheck check =
      new RecomputeCheck(() -> model, cost, node.counters, estimate -> choices.remove());

  private static CacheReport report(
      int poolTokens, int loadedTokens, @Nullable LoadEstimate estimate) {
    return new CacheReport(
        poolTokens, 0, loadedTokens, 0, 0, 9, MissReason.NONE, 1, 1, 1, "a", List.of(), estimate);
  }

  private void offer(int poolTokens, int loadedTokens, boolean chosen) {
    choices.add(chosen);
    check.offer(prefix, report(poolTokens, loadedTokens, ESTIMATE));
  }

  private void took(double seconds) {
    IdleRecompute last = model.recomputes().get(model.recomputes().size() - 1);
    last.whenDone().accept(OptionalDouble.of(seconds));
  }

  private RecomputeChecks counted() {
    return node.cache.stats().recomputes();
  }

  @Test
  void offer_chosenLoad_itsBlocksBehindThePoolsAreComputed() {
    offer(4, 16, true);

    IdleRecompute work = model.recomputes().get(0);
    assertEquals(prefix.tokens(), work.text());
    assertEquals(prefix.hashes().subList(0, 5), work.blockHashes());
    assertEquals(1, work.fromBlock());
    assertEquals(RecomputeChecks.NONE, counted());
  }

  @Test
  void offer_frontWasComputedMeanwhile_theLoadedBlocksBehindItAreComputed() {
    choices.add(true);
    List<Gap> gaps = List.of(Gap.of(MissReason.MEANWHILE, 8));
    check.offer(
        prefix,
        new CacheReport(4, 0, 8, 0, 0, 17, MissReason.MEANWHILE, 1, 1, 1, "a", gaps, ESTIMATE));

    IdleRecompute work = model.recomputes().get(0);
    assertEquals(prefix.hashes().subList(0, 5), work.blockHashes());
    assertEquals(3, work.fromBlock());
  }

  @Test
  void offer_notChosen_nothingIsComputed() {
    offer(0, 16, false);
    assertEquals(List.of(), model.recomputes());
  }

  @Test
  void offer_nothingToCompare_choosesNone() {
    check.offer(prefix, report(16, 0, ESTIMATE)); // nothing was loaded
    check.offer(prefix, report(0, 4, ESTIMATE)); // a single block
    check.offer(prefix, report(0, 16, null));
    assertEquals(List.of(), model.recomputes());
  }

  @Test
  void whenDone_measured_errorIsAShareOfTheMeasuredTime() {
    offer(0, 16, true);
    took(0.25);
    assertEquals(new RecomputeChecks(1, 0, 0, 0, 0, 0), counted());

    offer(0, 16, true);
    took(0.5);
    assertEquals(new RecomputeChecks(1, 1, 0, 0, 0, 0.5), counted());

    offer(0, 8, true); // half of it came
    took(0.125);
    assertEquals(new RecomputeChecks(2, 1, 0, 0, 0, 0.5), counted());

    offer(0, 8, true);
    took(0.0625);
    assertEquals(new RecomputeChecks(2, 2, 0, 0, 0, 1), counted());
  }

  @Test
  void whenDone_thereWasNoEstimate_nextLoadHasOne() {
    for (int load = 0; load < 3; load++) {
      choices.add(true);
      check.offer(prefix, report(0, 16, new LoadEstimate(16, true, null, null)));
      took(0.32);
    }
    assertEquals(new RecomputeChecks(0, 0, 3, 0, 0, 0), counted());
    LoadDecision load = LoadDecision.within(250);
    Double learned = cost.estimate(load, 0, 16, false).recomputeMillis();
    assertEquals(320, Objects.requireNonNull(learned), 1e-9);
  }

  @Test
  void whenDone_givenUp_isCountedAndTeachesNothing() {
    offer(0, 16, true);
    model.recomputes().get(0).whenDone().accept(OptionalDouble.empty());
    assertEquals(new RecomputeChecks(0, 0, 0, 1, 0, 0), counted());
  }

  @Test
  void whenDone_measured_theEstimateLearns() {
    for (int measured = 0; measured < 3; measured++) {
      offer(0, 16, true);
      took(0.32);
    }
    LoadDecision decision = cost.decide(AUTO, 0, 16, false);
    Double learned = cost.estimate(decision, 0, 16, false).recomputeMillis();
    assertEquals(320, Objects.requireNonNull(learned), 1e-9);
    assertTrue(decision.load());
  }
}
