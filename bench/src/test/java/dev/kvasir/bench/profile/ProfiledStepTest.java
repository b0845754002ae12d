package dev.kvasir.bench.profile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.engine.graph.PagedGraph;
import dev.kvasir.engine.graph.StepInput;
import dev.kvasir.engine.schedule.StepRules;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProfiledStepTest {
  private static final int VOCABULARY = 100;
  private static final StepRules LARGE = new StepRules(64, 512, 32);
  private static final StepRules SMALL = new StepRules(64, 64, 1);

  @Test
  void prefill_suffix_attendsToTheNextCutAsInTheEngine() {
    StepInput step = new ProfiledStep.Prefill(512, 64).input(LARGE, VOCABULARY);
    assertArrayEquals(IntStream.range(512, 576).toArray(), step.positions());
    assertEquals(1, step.blockTables().length);
    assertEquals(1_024 / 64, step.blockTables()[0].length);
    assertArrayEquals(new int[] {63}, step.logitRows());
  }

  @Test
  void decode_sequences_haveBlocksOfTheirOwn() {
    ProfiledStep decode = new ProfiledStep.Decode(8, 512);
    StepInput step = decode.input(LARGE, VOCABULARY);
    assertEquals(8, step.tokens().length);
    assertTrue(Arrays.stream(step.positions()).allMatch(position -> position == 512));
    assertArrayEquals(
        IntStream.range(0, 8 * 9).map(i -> PagedGraph.FIRST_BLOCK + i).toArray(),
        Arrays.stream(step.blockTables()).flatMapToInt(Arrays::stream).toArray());
  }

  @Test
  void isRun_stepsThatTheEngineCuts_areNone() {
    assertTrue(ProfileBench.STEPS.stream().allMatch(step -> step.isRun(LARGE)));
    assertFalse(new ProfiledStep.Prefill(0, 512).isRun(SMALL));
    assertTrue(new ProfiledStep.Prefill(512, 64).isRun(SMALL));
    assertFalse(new ProfiledStep.Decode(8, 512).isRun(SMALL));
  }

  @Test
  void all_namesAsInTheEnginesTable() {
    assertEquals(
        List.of("prefill-512", "suffix-64@512", "decode-1@512", "decode-8@512", "decode-16@2048"),
        ProfileBench.STEPS.stream().map(ProfiledStep::name).toList());
  }
}
