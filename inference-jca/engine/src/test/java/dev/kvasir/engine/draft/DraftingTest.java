package dev.kvasir.engine.draft;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.inference.TokenIds;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DraftingTest {
  private static final int BLOCKS = 8;

  private final StepTimes times = new StepTimes();

  @Test
  void draft_lastThreeTokensStoodBefore_whatFollowedThere() {
    PromptLookup lookup = new PromptLookup(TokenIds.of(1, 2, 3, 4, 5, 6, 9, 1, 2, 3));
    assertArrayEquals(new int[] {4, 5}, lookup.draft(2));
    assertArrayEquals(new int[] {4, 5, 6, 9, 1, 2, 3}, lookup.draft(20));
    lookup.add(7);
    assertArrayEquals(new int[0], lookup.draft(2));
  }

  @Test
  void draft_stoodTwice_theLaterPlace() {
    PromptLookup lookup = new PromptLookup(TokenIds.of(1, 2, 3, 4, 1, 2, 3, 5, 1, 2, 3));
    assertArrayEquals(new int[] {5}, lookup.draft(1));
  }

  @Test
  void draft_shortText_none() {
    assertArrayEquals(new int[0], new PromptLookup(TokenIds.of(1, 2)).draft(4));
  }

  @Test
  void draft_alwaysRight_asLongAsAllowed() {
    Drafting drafting = new Drafting(TokenIds.of(1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3), 5);
    for (int i = 0; i < 20; i++) {
      drafting.judge(3, 3);
    }
    assertEquals(5, drafting.draft(9, alone()).length);
    assertEquals(2, drafting.draft(2, alone()).length);
    assertEquals(0, drafting.draft(0, alone()).length);
  }

  @Test
  void draft_neverRight_onlyNowAndThen() {
    Drafting drafting = new Drafting(TokenIds.of(1, 2, 3, 4, 1, 2, 3), 5);
    for (int i = 0; i < 40; i++) {
      drafting.judge(3, 0);
    }
    int drafted = 0;
    for (int step = 0; step < 64; step++) {
      drafted += drafting.draft(9, alone()).length;
    }
    assertEquals(2, drafted);
  }

  @Test
  void draft_rowsAreDear_fewer() {
    for (int i = 0; i < 100; i++) {
      int rows = 1 + i % 4;
      times.record(rows, BLOCKS, 100 + 60L * rows);
    }
    Drafting drafting = new Drafting(TokenIds.of(1, 2, 3, 4, 5, 6, 7, 1, 2, 3), 5);
    drafting.judge(1, 1);
    drafting.judge(2, 1); // a chance of 0.58
    assertEquals(1, drafting.draft(9, alone()).length);
  }

  @Test
  void draft_othersWaitForIt_none() {
    for (int i = 0; i < 100; i++) {
      int rows = 1 + i % 16;
      times.record(rows, BLOCKS, 100 + 20L * rows);
    }
    Drafting drafting = new Drafting(TokenIds.of(1, 2, 3, 4, 5, 6, 7, 1, 2, 3), 5);
    assertTrue(drafting.draft(9, alone()).length > 0);
    // one row more of 17 takes 5% of the time, and would give 0.6 tokens more than 16: 4%
    assertEquals(0, drafting.draft(9, new StepPlan(times, 16, BLOCKS)).length);
  }

  @Test
  void ratio_stepsOfAllSizes_learnt() {
    Random random = new Random(1);
    for (int i = 0; i < 300; i++) {
      int rows = 1 + random.nextInt(32);
      int blocks = 1 + random.nextInt(40);
      times.record(rows, blocks, 2_000_000L + 300_000L * rows + 20_000L * rows * blocks);
    }
    for (int blocks : new int[] {1, 8, 40}) {
      double expected =
          (2_000 + 300 * 20 + 20 * 20 * blocks) / (2_000.0 + 300 * 4 + 20 * 4 * blocks);
      assertEquals(expected, times.ratio(4, 20, blocks), 0.1 * expected, blocks + " blocks");
    }
  }

  private StepPlan alone() {
    return new StepPlan(times, 1, BLOCKS);
  }

  @Test
  void draft_switchedOff_none() {
    assertEquals(0, new Drafting(TokenIds.of(1, 1, 1, 1, 1), 0).draft(9, alone()).length);
  }
}
