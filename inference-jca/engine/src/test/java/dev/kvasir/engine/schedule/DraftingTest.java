package dev.kvasir.engine.schedule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.inference.TokenIds;
import org.junit.jupiter.api.Test;

class DraftingTest {
  private final StepTimes times = new StepTimes(32);

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
    assertEquals(5, drafting.draft(9, 1, times).length);
    assertEquals(2, drafting.draft(2, 1, times).length);
    assertEquals(0, drafting.draft(0, 1, times).length);
  }

  @Test
  void draft_neverRight_onlyNowAndThen() {
    Drafting drafting = new Drafting(TokenIds.of(1, 2, 3, 4, 1, 2, 3), 5);
    for (int i = 0; i < 40; i++) {
      drafting.judge(3, 0);
    }
    int drafted = 0;
    for (int step = 0; step < 64; step++) {
      drafted += drafting.draft(9, 1, times).length;
    }
    assertEquals(2, drafted);
  }

  @Test
  void draft_rowsAreDear_fewer() {
    times.record(1, 100);
    times.record(2, 150);
    times.record(3, 300);
    times.record(4, 600);
    Drafting drafting = new Drafting(TokenIds.of(1, 2, 3, 4, 5, 1, 2, 3), 5);
    for (int i = 0; i < 20; i++) {
      drafting.judge(1, 1);
    }
    assertEquals(1, drafting.draft(9, 1, times).length);
  }

  @Test
  void draft_switchedOff_none() {
    assertEquals(0, new Drafting(TokenIds.of(1, 1, 1, 1, 1), 0).draft(9, 1, times).length);
  }
}
