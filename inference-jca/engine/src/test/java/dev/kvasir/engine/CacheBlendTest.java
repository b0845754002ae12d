package dev.kvasir.engine;

import static dev.kvasir.engine.TestingEngine.finish;
import static dev.kvasir.engine.TestingEngine.hashes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.engine.EngineConfig.Device;
import dev.kvasir.engine.EngineConfig.Precision;
import dev.kvasir.engine.TestingEngine.Answer;
import dev.kvasir.engine.graph.KernelForm;
import dev.kvasir.engine.paged.BlockTable;
import dev.kvasir.engine.schedule.ScheduleLimits;
import dev.kvasir.inference.Assembly;
import dev.kvasir.inference.AssemblyOutcome;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.KvRun;
import dev.kvasir.inference.TokenIds;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Moved rows that are computed again since they deviate: which, and what they mend. */
class CacheBlendTest {
  private static final int NEW_TOKENS = 4;
  private static final int PROMPTS = 48;
  private static final double LEAST = 1e-9; // nats: less is rounding
  private static final Logger LOGGER = System.getLogger(CacheBlendTest.class.getName());

  static Stream<Arguments> engines() {
    return Stream.of(Precision.F32, Precision.BF16)
        .flatMap(
            numbers -> Stream.of(KernelForm.values()).map(form -> Arguments.of(numbers, form)));
  }

  private static EngineConfig config(Precision precision, KernelForm form) {
    return new EngineConfig(
        TestingModels.tiny(), precision, Device.CPU, 2_048, 0, ScheduleLimits.DEFAULT, form);
  }

  /** The answer to moved notes, and how many of their rows were computed again. */
  private static Answer answer(TestingEngine testing, MovedNotes moved, Assembly assembly) {
    return answer(testing, moved, assembly, List.of());
  }

  private static Answer answer(
      TestingEngine testing, MovedNotes moved, Assembly assembly, List<BlockHash> names) {
    FirstLogits first = new FirstLogits();
    try (EngineSequence sequence = testing.open(moved.prompt(), names, NEW_TOKENS, first)) {
      int rows = moved.runs().stream().mapToInt(KvRun::count).sum();
      int others = rows - assembly.recomputed().cardinality();
      int kept = others - (int) Math.round(assembly.deviatingShare() * others);
      assertEquals(new AssemblyOutcome(kept, rows - kept, List.of()), sequence.assemble(assembly));
      return finish(sequence, first);
    }
  }

  private static Assembly deviating(MovedNotes moved, double share) {
    return new Assembly(moved.runs(), new BitSet(), share);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void prefill_allRowsDeviate_ordinaryBits(Precision precision, KernelForm form) {
    try (TestingEngine testing = new TestingEngine(config(precision, form))) {
      MovedNotes moved = MovedNotes.of(testing, new Random(1));
      Answer ordinary = testing.answer(moved.prompt(), List.of(), NEW_TOKENS);
      assertEquals(ordinary, answer(testing, moved, deviating(moved, 1)));
      assertEquals(
          answer(testing, moved, deviating(moved, 0)),
          answer(testing, moved, deviating(moved, 1e-4)), // less than one of them
          "no look is taken");
    }
  }

  @Test
  void prefill_exactBlocksBefore_foundAndStillExact() {
    try (TestingEngine testing = new TestingEngine(config(Precision.F32, KernelForm.ONEDNN))) {
      MovedNotes moved = MovedNotes.of(testing, new Random(2));
      List<KvRun> behind =
          moved.runs().stream().filter(run -> run.position() >= BlockTable.BLOCK_SIZE).toList();
      TokenIds prompt = moved.prompt();
      List<BlockHash> names = hashes(prompt);
      Assembly assembly = new Assembly(behind, new BitSet(), 0.5);
      answer(testing, new MovedNotes(prompt, behind), assembly, names.subList(0, 1));
      assertEquals(1, testing.engine().model().countLeadingBlocks(names), "no approximate one");
      byte[] beside = testing.export(names.subList(0, 1)).get(0);
      testing.engine().model().clearPool();
      testing.answer(prompt, names, 1);
      assertArrayEquals(testing.export(names.subList(0, 1)).get(0), beside);
    }
  }

  /**
   * At equal cost, those that deviate mend more than those that chance chooses: in more prompts
   * than chance would have it, since how far an answer is off differs by magnitudes among them.
   */
  @Test
  void prefill_deviatingRows_betterThanRandomOnes() {
    try (TestingEngine testing = new TestingEngine(config(Precision.F32, KernelForm.ONEDNN))) {
      Random random = new Random(3);
      Map<Double, Pairs> pairs = new TreeMap<>();
      for (int i = 0; i < PROMPTS; i++) {
        MovedNotes moved = MovedNotes.of(testing, new Random(random.nextLong()));
        float[] exact = testing.answer(moved.prompt(), List.of(), 1).logits();
        for (double share : new double[] {0.05, 0.15, 0.3}) {
          Assembly chance = new Assembly(moved.runs(), some(moved, share, random), 0);
          pairs
              .computeIfAbsent(share, any -> new Pairs())
              .add(
                  divergence(exact, answer(testing, moved, deviating(moved, share)).logits()),
                  divergence(exact, answer(testing, moved, chance).logits()));
        }
      }
      LOGGER.log(Level.INFO, "computed again by deviation and by chance: {0}", pairs);
      int better = pairs.values().stream().mapToInt(each -> each.better).sum();
      assertTrue(better >= 0.6 * 3 * PROMPTS, () -> "too seldom better: " + pairs);
    }
  }

  /** Divergences from the exact answers' first tokens. */
  private static final class Pairs {
    int better;
    private double ratios; // logarithms of how much less it is

    void add(double ofDeviating, double ofChance) {
      better += ofDeviating < ofChance ? 1 : 0;
      ratios += Math.log(Math.max(LEAST, ofDeviating) / Math.max(LEAST, ofChance));
    }

    @Override
    public String toString() {
      return "better in %d of %d prompts, geometric mean of the ratios %.2f"
          .formatted(better, PROMPTS, Math.exp(ratios / PROMPTS));
    }
  }

  private static BitSet some(MovedNotes moved, double share, Random random) {
    List<Integer> rows = new ArrayList<>();
    for (KvRun run : moved.runs()) {
      for (int at = run.position(); at < run.end(); at++) {
        rows.add(at);
      }
    }
    Collections.shuffle(rows, random);
    BitSet chosen = new BitSet();
    rows.subList(0, (int) Math.round(share * rows.size())).forEach(chosen::set);
    return chosen;
  }

  /** Kullback and Leibler's divergence of the next token's distribution, in nats. */
  private static double divergence(float[] exact, float[] other) {
    double norms = logSum(other) - logSum(exact);
    double sum = 0;
    for (int i = 0; i < exact.length; i++) {
      sum += Math.exp(exact[i] - logSum(exact)) * (exact[i] - other[i] + norms);
    }
    return sum;
  }

  private static double logSum(float[] logits) {
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit);
    }
    return Math.log(sum);
  }
}
