package dev.kvasir.engine.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.inference.IdlePrefill;
import dev.kvasir.inference.IdleStats;
import dev.kvasir.inference.InferenceException;
import dev.kvasir.inference.TokenIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Answers are prefilled while nobody is there, and whoever comes finds them and is not held up. */
class IdlePrefillerTest extends SmallWorlds {
  private final AtomicInteger told = new AtomicInteger();

  @Test
  void spareStep_conversationsInASmallPool_tokensOfEachAlone() {
    long shared = 0;
    long dropped = 0;
    int hits = 0;
    for (int round = 0; round < 40; round++) {
      long seed = System.nanoTime();
      Random random = new Random(seed);
      List<TokenIds> prompts = new ArrayList<>();
      List<List<Integer>> expected = new ArrayList<>();
      for (int turn = 0; turn < 12; turn++) {
        TokenIds before =
            turn < 3
                ? TokenIds.of(IntStream.range(0, 3).map(i -> 100 + random.nextInt(900)).toArray())
                : joined(prompts.get(turn - 3), expected.get(turn - 3));
        prompts.add(joined(before, IntStream.range(0, 4).map(i -> 100 + i).boxed().toList()));
        world(50);
        expected.add(finish(start(request(prompts.get(turn), 10, List.of()))));
      }
      world(18, new ScheduleLimits(2 * BLOCK, 3, 1_000, 1 << 20, 8));
      for (int turn = 0; turn < 12; turn++) {
        TokenIds prompt = prompts.get(turn);
        Generation generation = start(request(prompt, 10, hashes(prompt)));
        hits += generation.poolTokens() / BLOCK > knownBlocks(prompts, turn - 3) ? 1 : 0;
        assertFalse(scheduler.spareStep(), "somebody is there");
        assertEquals(expected.get(turn), finish(generation), "turn " + turn + ", seed " + seed);
        scheduler.prefillIdle(idle(prompt, expected.get(turn), random.nextInt(2)));
        for (int step = random.nextInt(8); step > 0; step--) {
          scheduler.spareStep();
        }
      }
      shared += scheduler.stats().idle().sharedBlocks();
      dropped += scheduler.stats().idle().droppedBlocks();
      scheduler.dropIdle();
      assertEquals(0, pool.stats().usedBlocks(), "seed " + seed);
      assertEquals(0, scheduler.stats().idle().waitingBlocks(), "seed " + seed);
    }
    assertTrue(
        hits > 40 && shared > 40 && dropped > 0,
        "%d turns hit, %d blocks shared, %d dropped".formatted(hits, shared, dropped));
  }

  private static int knownBlocks(List<TokenIds> prompts, int turn) {
    return turn < 0 ? prompts.get(0).size() : hashes(prompts.get(turn)).size();
  }

  @Test
  void open_textHalfComputed_givesItsBlocksBackAndGoesOnLater() {
    world(10);
    TokenIds text = TokenIds.of(IntStream.range(100, 133).toArray()); // 8 blocks
    scheduler.prefillIdle(idle(text, 0));
    spareSteps(2);
    assertEquals(2, pool.stats().usedBlocks());

    Generation newcomer = start(request(TokenIds.of(1, 2, 3), 5, List.of()));

    assertEquals(0, pool.stats().usedBlocks(), "the newcomer has not begun");
    assertFalse(scheduler.spareStep());
    assertEquals(5, finish(newcomer).size());
    spareSteps(6);
    assertFalse(scheduler.spareStep());
    assertEquals(new IdleStats(0, 32, 8, 0), scheduler.stats().idle());
    assertEquals(1, told.get());
    assertEquals(0, pool.stats().usedBlocks());
    assertEquals(8, pool.countLeading(hashes(text)));
    assertTrue(graph.prefillRows.stream().allMatch(rows -> rows <= BLOCK));
  }

  @Test
  void spareStep_sequenceOpenOrWaiting_computesNothing() {
    world(6);
    scheduler.prefillIdle(idle(TokenIds.of(IntStream.range(100, 110).toArray()), 0));
    Generation open = open(request(TokenIds.of(1, 2, 3), 5, List.of())).join();
    var waiting = open(request(TokenIds.of(IntStream.range(0, 22).toArray()), 1, List.of()));
    assertFalse(scheduler.spareStep(), "one loads its blocks");
    scheduler.giveUp(waiting);
    scheduler.endAll(open);
    assertTrue(scheduler.spareStep());
  }

  @Test
  void add_tooMany_dropsTheLeastUrgentAndOldest() {
    world(20, new ScheduleLimits(2 * BLOCK, 3, 1_000, 0, 5));
    TokenIds first = text(1); // 2 blocks each
    TokenIds second = text(2);
    TokenIds urgent = text(3);
    scheduler.prefillIdle(idle(urgent, 1));
    scheduler.prefillIdle(idle(first, 0));
    assertEquals(new IdleStats(4, 0, 0, 0), scheduler.stats().idle());
    scheduler.prefillIdle(idle(second, 0));
    assertEquals(new IdleStats(4, 0, 0, 2), scheduler.stats().idle());

    assertTrue(scheduler.spareStep());
    assertEquals(1, pool.countLeading(hashes(urgent)));
    while (scheduler.spareStep()) {
      // goes on
    }
    assertEquals(2, pool.countLeading(hashes(second)));
    assertEquals(0, pool.countLeading(hashes(first)));
    assertEquals(new IdleStats(0, 16, 4, 2), scheduler.stats().idle());
  }

  @Test
  void add_noneMayWait_nothingIsDone() {
    world(20, new ScheduleLimits(2 * BLOCK, 3, 1_000, 0, 0));
    scheduler.prefillIdle(idle(text(1), 0));
    assertFalse(scheduler.spareStep());
    assertEquals(IdleStats.NONE, scheduler.stats().idle());
  }

  @Test
  void spareStep_promptGoneFromPool_dropped() {
    world(20);
    TokenIds text = text(1);
    scheduler.prefillIdle(new IdlePrefill(text, hashes(text), 1, 0, told::incrementAndGet));
    assertFalse(scheduler.spareStep());
    assertEquals(0, told.get());
    assertEquals(2, scheduler.stats().idle().droppedBlocks());
  }

  @Test
  void spareStep_textLongerThanPool_dropped() {
    world(4);
    scheduler.prefillIdle(idle(TokenIds.of(IntStream.range(100, 133).toArray()), 0));
    spareSteps(5);
    assertFalse(scheduler.spareStep());
    assertEquals(new IdleStats(0, 16, 4, 4), scheduler.stats().idle());
    assertEquals(0, pool.stats().usedBlocks());
  }

  @Test
  void spareStep_cannotBeComputed_leavesNothingBehind() {
    world(4);
    for (int token : new int[] {TestingGraph.BREAKS, TestingGraph.POISON}) {
      TokenIds text = TokenIds.of(1, 2, 3, 4, 5, token, 6, 7, 8);
      scheduler.prefillIdle(idle(text, 0));
      spareSteps(2);
      assertFalse(scheduler.spareStep());
      assertEquals(0, pool.countLeading(hashes(text)));
    }
    assertEquals(2, scheduler.stats().idle().droppedBlocks());
    assertEquals(9, finish(start(request(TokenIds.of(5, 6, 7, 8, 9), 9, List.of()))).size());
  }

  @Test
  void end_loopStopped_givenUp() {
    world(10);
    scheduler.prefillIdle(idle(text(1), 0));
    scheduler.spareStep();
    scheduler.end(new InferenceException("the engine was stopped"));
    assertEquals(new IdleStats(0, 4, 1, 1), scheduler.stats().idle());
    assertEquals(0, pool.stats().usedBlocks());
  }

  private void spareSteps(int count) {
    for (int step = 0; step < count; step++) {
      assertTrue(scheduler.spareStep(), "step " + step);
    }
  }

  private static TokenIds text(int first) {
    return TokenIds.of(first, 2, 3, 4, 5, 6, 7, 8, 9);
  }

  private IdlePrefill idle(TokenIds text, int urgency) {
    return new IdlePrefill(text, hashes(text), 0, urgency, told::incrementAndGet);
  }

  private IdlePrefill idle(TokenIds prompt, List<Integer> answer, int urgency) {
    TokenIds text = joined(prompt, answer);
    return new IdlePrefill(
        text, hashes(text), hashes(prompt).size(), urgency, told::incrementAndGet);
  }

  private static TokenIds joined(TokenIds head, List<Integer> tail) {
    return TokenIds.of(
        IntStream.concat(IntStream.of(head.toArray()), tail.stream().mapToInt(Integer::intValue))
            .toArray());
  }
}
