package dev.kvasir.engine.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.inference.FinishReason;
import dev.kvasir.inference.InferenceException;
import dev.kvasir.inference.PoolBusyException;
import dev.kvasir.inference.SamplingParams;
import dev.kvasir.inference.SequenceRequest;
import dev.kvasir.inference.TokenIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who runs when, who waits, and who gives way; and that no answer depends on it. */
class SchedulerTest extends SmallWorlds {
  @Test
  void step_manyComingAndGoing_tokensOfEachAlone() {
    long preemptions = 0;
    long right = 0;
    long drafted = 0;
    for (int round = 0; round < 50; round++) {
      long seed = System.nanoTime();
      Random random = new Random(seed);
      List<SequenceRequest> requests = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        requests.add(request(1 + random.nextInt(30), 1 + random.nextInt(40), random));
      }
      List<List<Integer>> expected = new ArrayList<>();
      for (SequenceRequest request : requests) {
        world(50, new ScheduleLimits(2 * BLOCK, 0));
        expected.add(finish(start(request)));
      }
      world(20, LIMITS); // at most 18 for one: they stand in each other's way
      assertEquals(expected, runTogether(requests, random), "seed " + seed);
      preemptions += scheduler.stats().preemptions();
      right += scheduler.stats().acceptedTokens();
      drafted += scheduler.stats().draftedTokens();
      assertEquals(0, pool.stats().usedBlocks(), "seed " + seed);
    }
    assertTrue(preemptions > 0, "nobody was preempted");
    assertTrue(right > 0 && right < drafted, right + " drafts of " + drafted + " were right");
  }

  private List<List<Integer>> runTogether(List<SequenceRequest> requests, Random random) {
    List<Reader> readers = new ArrayList<>();
    while (readers.size() < requests.size() || readers.stream().anyMatch(r -> !r.finished)) {
      if (readers.size() < requests.size() && random.nextInt(3) == 0) {
        readers.add(new Reader(requests.get(readers.size())));
      }
      scheduler.step();
      readers.forEach(Reader::readAll);
    }
    return readers.stream().map(reader -> reader.tokens).toList();
  }

  @Test
  void step_longPromptComes_decodingGoesOnEachStep() {
    world(50);
    Random random = new Random(1);
    Generation decoding = start(request(4, 60, random));
    start(request(100, 1, random)); // 26 blocks, 2 a step

    for (int step = 0; step < 10; step++) {
      scheduler.step();
      assertFalse(decoding.outbox.isEmpty(), "step " + step);
      decoding.take(() -> {}, () -> {});
    }
    List<Integer> later = graph.prefillRows.subList(3, graph.prefillRows.size());
    assertTrue(later.stream().allMatch(rows -> rows <= 2 * BLOCK), later.toString());
  }

  @Test
  void step_severalPrompts_takeTurns() {
    world(50);
    Random random = new Random(2);
    Generation longOne = start(request(100, 1, random));
    Generation shortOne = start(request(10, 1, random));

    scheduler.step();
    scheduler.step();

    assertTrue(longOne.outbox.isEmpty());
    assertFalse(shortOne.outbox.isEmpty());
  }

  @Test
  void step_readerIsSlow_waitsForItAndHoldsNobodyUp() {
    world(50);
    Random random = new Random(3);
    Generation slow = start(request(4, 100, random));
    while (scheduler.step()) {
      assertFalse(slow.outbox.isFull() && scheduler.stats().running() == 0);
    }
    assertTrue(slow.outbox.isFull());
    List<Integer> other = finish(start(request(4, 20, random)));
    assertEquals(20, other.size());
    assertEquals(100, finish(slow).size());
  }

  @Test
  void step_readerIsBehindInAFullPool_newcomerComesInAndBothAreWhole() {
    Random random = new Random(12);
    SequenceRequest unread = request(4, 40, random);
    SequenceRequest read = request(4, 8, random);
    SequenceRequest late = request(20, 3, random);
    world(50);
    List<List<Integer>> expected =
        List.of(finish(start(unread)), finish(start(read)), finish(start(late)));

    world(15);
    Generation behind = start(unread);
    while (!behind.outbox.isFull()) {
      scheduler.step();
    }
    Generation keepingUp = start(read); // 9 blocks are held, this one holds 2 to 3
    scheduler.step();
    CompletableFuture<Generation> newcomer = open(late); // 6 blocks
    assertFalse(newcomer.isDone());
    scheduler.step();

    assertTrue(newcomer.isDone(), "somebody else computed, but the newcomer need not wait");
    newcomer.join().startDecode();
    scheduler.start(newcomer.join());
    assertEquals(expected.subList(1, 3), List.of(finish(keepingUp), finish(newcomer.join())));
    assertEquals(expected.get(0), finish(behind));
    assertEquals(1, scheduler.stats().preemptions());
    assertEquals(0, pool.stats().usedBlocks());
  }

  @Test
  void step_secondTokenNotAskedForYet_keepsItsBlocks() {
    world(10);
    Random random = new Random(13);
    Generation first = open(request(30, 2, random)).join(); // 8 blocks
    scheduler.start(first);
    CompletableFuture<Generation> second = open(request(20, 1, random)); // 6 blocks
    while (scheduler.step()) {
      assertFalse(second.isDone());
    }
    assertEquals(0, scheduler.stats().preemptions());
    first.startDecode();
    assertEquals(2, finish(first).size());
    assertTrue(second.isDone());
  }

  @Test
  void open_poolInUse_waitsInOrder() {
    world(10);
    Random random = new Random(4);
    Generation first = start(request(30, 2, random)); // 8 blocks
    CompletableFuture<Generation> second = open(request(20, 1, random)); // 6 blocks
    CompletableFuture<Generation> third = open(request(1, 1, random)); // would fit
    assertFalse(second.isDone() || third.isDone());

    scheduler.endAll(first);

    assertTrue(second.isDone() && third.isDone());
  }

  @Test
  void giveUp_waiting_refusedAndTheNextComesIn() {
    world(10);
    Random random = new Random(4);
    Generation first = start(request(30, 2, random)); // 8 blocks
    CompletableFuture<Generation> second = open(request(20, 1, random)); // 6 blocks
    CompletableFuture<Generation> third = open(request(1, 1, random)); // 1 block

    scheduler.giveUp(second);

    ExecutionException refusal = assertThrows(ExecutionException.class, second::get);
    assertInstanceOf(PoolBusyException.class, refusal.getCause());
    assertTrue(third.isDone() && !third.isCompletedExceptionally());
    scheduler.giveUp(third); // too late
    assertFalse(third.isCompletedExceptionally());
    scheduler.endAll(first);
    scheduler.endAll(third.join());
    assertEquals(0, pool.stats().usedBlocks());
  }

  @Test
  void step_littleRoomForPreempted_neverMoreAndTheRestIsWhole() {
    int refused = 0;
    int preempted = 0;
    for (int round = 0; round < 30; round++) {
      long seed = System.nanoTime();
      Random random = new Random(seed);
      int blocks = round % 5; // none, at first
      List<SequenceRequest> requests = new ArrayList<>();
      List<List<Integer>> expected = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        requests.add(request(1 + random.nextInt(30), 1 + random.nextInt(40), random));
        world(50);
        expected.add(finish(start(requests.get(i))));
      }
      world(20, new ScheduleLimits(2 * BLOCK, 3, 1_000, (long) blocks * BLOCK * Double.BYTES, 0));
      List<Reader> readers = requests.stream().map(Reader::new).toList();
      while (readers.stream().anyMatch(reader -> !reader.finished)) {
        scheduler.step();
        readers.forEach(Reader::readAllUnlessRefused);
        assertTrue(scheduler.savedBlocks() <= blocks, "seed " + seed);
      }
      for (int i = 0; i < 8; i++) {
        if (readers.get(i).refused) {
          refused++;
        } else {
          assertEquals(expected.get(i), readers.get(i).tokens, "seed " + seed);
        }
      }
      preempted += (int) scheduler.stats().preemptions();
      assertEquals(0, pool.stats().usedBlocks(), "seed " + seed);
      assertEquals(0, scheduler.savedBlocks(), "seed " + seed);
    }
    assertTrue(refused > 0 && preempted > 0, refused + " refused, " + preempted + " preempted");
  }

  @Test
  void step_noRoomForPreempted_laterOneWaitsForTheFirst() {
    world(11, new ScheduleLimits(2 * BLOCK, 0, 1_000, 0, 0));
    TokenIds prompt = TokenIds.of(IntStream.range(100, 115).toArray());
    Reader shorter = new Reader(request(prompt, 9, List.of())); // 6 blocks
    Reader longer = new Reader(request(prompt, 16, List.of())); // 8: waits with 5
    while (!longer.finished) {
      shorter.readAll();
      longer.readAll();
      assertTrue(scheduler.step() || longer.finished);
      assertTrue(shorter.finished || longer.tokens.size() <= 6);
    }
    assertEquals(9, shorter.tokens.size());
    assertEquals(16, longer.tokens.size());
    assertEquals(0, scheduler.stats().preemptions());
  }

  @Test
  void step_preemptedTwice_comesBackWithSameTokens() {
    Random random = new Random(5);
    SequenceRequest oldest = request(7, 60, random);
    SequenceRequest youngest = request(9, 60, random);
    world(50);
    List<Integer> expected = finish(start(youngest));

    world(18);
    Reader first = new Reader(oldest);
    Reader second = new Reader(youngest);
    while (scheduler.stats().preemptions() == 0) {
      scheduler.step();
      second.readAll();
      first.readAll();
    }
    while (!second.finished) {
      scheduler.step();
      first.readAll();
      second.readAll();
    }
    assertEquals(expected, second.tokens);
  }

  @Test
  void step_noNumbers_oneFailsAndLeavesNothingBehind() {
    world(6);
    Random random = new Random(6);
    Generation healthy = start(request(3, 12, random));
    Generation poisoned = start(request(TokenIds.of(5, TestingGraph.POISON, 6), 12, List.of()));

    assertEquals(12, finish(healthy).size());

    assertThrows(InferenceException.class, () -> poisoned.take(() -> {}, () -> {}));
    for (int i = 0; i < 6; i++) { // every block is used again
      assertEquals(8, finish(start(request(12, 8, random))).size());
    }
  }

  @Test
  void step_clientLeavesInTheMiddleOfPoison_othersHealthy() {
    world(10, new ScheduleLimits(BLOCK, 3));
    Random random = new Random(8);
    int[] prompt = IntStream.range(0, 7 * BLOCK).map(i -> 100 + i).toArray();
    prompt[1] = TestingGraph.POISON;
    Generation other = start(request(3, 2, random)); // with it chunks are of one block
    Generation poisoned = start(request(TokenIds.of(prompt), 2, List.of()));
    while (poisoned.phase == Generation.Phase.RUNNING && poisoned.holding.computed() == 0) {
      scheduler.step();
    }

    scheduler.endAll(poisoned);

    assertEquals(2, finish(other).size());
    for (int i = 0; i < 4; i++) { // every block is used again
      assertEquals(4, finish(start(request(35, 4, random))).size());
    }
  }

  @Test
  void step_sharedBlockCannotBeCopied_nothingIsLost() {
    world(20);
    TokenIds prompt = TokenIds.of(IntStream.range(100, 110).toArray()); // 2 blocks and a half
    Generation first = start(new SequenceRequest(prompt, List.of(), SamplingParams.GREEDY, 9, 3));
    graph.exportBreaks = true;
    for (int i = 0; i < 20; i++) {
      scheduler.step();
    }

    scheduler.endAll(first);

    assertEquals(0, pool.stats().usedBlocks());
  }

  @Test
  void step_graphBreaksOnOne_othersOfTheBatchGoOn() {
    world(20);
    Random random = new Random(7);
    SequenceRequest request = request(3, 12, random);
    Generation healthy = start(request);
    Generation broken = start(request(TokenIds.of(5, TestingGraph.BREAKS), 12, List.of()));

    assertEquals(12, finish(healthy).size());

    assertThrows(InferenceException.class, () -> broken.take(() -> {}, () -> {}));
    assertEquals(0, pool.stats().usedBlocks());
  }

  @Test
  void step_severalChoices_shareBlocksUntilTheyWrite() {
    world(20);
    TokenIds prompt = TokenIds.of(IntStream.range(100, 110).toArray()); // 2 blocks and a half
    SamplingParams sampling =
        SamplingParams.builder().temperature(2).seed(3).ignoreEos(true).build();
    Generation first = start(new SequenceRequest(prompt, List.of(), sampling, 9, 3));
    scheduler.step();
    assertEquals(3, pool.stats().usedBlocks());

    List<List<Integer>> together = new ArrayList<>();
    for (int choice = 0; choice < 3; choice++) {
      first.choice(choice).startDecode();
    }
    for (int choice = 0; choice < 3; choice++) {
      together.add(finish(first.choice(choice)));
    }
    assertEquals(0, pool.stats().usedBlocks());
    for (int choice = 0; choice < 3; choice++) {
      SamplingParams own =
          SamplingParams.builder().temperature(2).seed(3 + choice).ignoreEos(true).build();
      assertEquals(
          finish(start(new SequenceRequest(prompt, List.of(), own, 9))), together.get(choice));
    }
    assertThrows(IllegalArgumentException.class, () -> first.choice(3));
  }

  @Test
  void step_manyChoicesInASmallPool_preemptedAndWhole() {
    world(8);
    SequenceRequest one = request(TokenIds.of(IntStream.range(100, 110).toArray()), 18, List.of());
    List<Integer> expected = finish(start(one));
    Generation first =
        start(new SequenceRequest(one.prompt(), List.of(), one.sampling(), 18, 8)); // 2..5 own each
    scheduler.step();
    for (int choice = 0; choice < 8; choice++) {
      first.choice(choice).startDecode();
    }
    for (int choice = 0; choice < 8; choice++) {
      assertEquals(expected, finish(first.choice(choice)), "choice " + choice);
    }
    assertTrue(scheduler.stats().preemptions() > 0);
    assertEquals(0, pool.stats().usedBlocks());
  }

  @Test
  void step_choicesReadInTurnInASmallPool_noneBlocksAnother() {
    world(19);
    SequenceRequest one = request(TokenIds.of(IntStream.range(100, 110).toArray()), 60, List.of());
    List<Integer> expected = finish(start(one));
    Generation first = start(new SequenceRequest(one.prompt(), List.of(), one.sampling(), 60, 4));
    scheduler.step();
    first.take(() -> {}, () -> {});
    for (int token = 1; token < 60; token++) {
      for (int choice = 0; choice < 4; choice++) {
        Generation answer = first.choice(choice);
        answer.startDecode();
        if (choice > 0 && token == 1) {
          assertEquals(expected.get(0), next(answer));
        }
        assertEquals(expected.get(token), next(answer), "choice " + choice);
      }
    }
    assertTrue(scheduler.stats().preemptions() > 0);
    assertEquals(0, pool.stats().usedBlocks());
  }

  private int next(Generation generation) {
    while (generation.outbox.isEmpty()) {
      assertTrue(scheduler.step(), "nothing more is done");
    }
    return generation.take(() -> {}, () -> {}).tokenId();
  }

  @Test
  void step_blocksCannotBeCopiedOut_victimFailsAndOthersGoOn() {
    world(18);
    Random random = new Random(10);
    Reader first = new Reader(request(7, 60, random));
    Reader second = new Reader(request(9, 60, random));
    graph.exportBreaks = true;
    InferenceException failure = null;
    while (!first.finished) {
      scheduler.step();
      first.readAll();
      try {
        second.readAll();
      } catch (InferenceException e) {
        failure = e;
      }
    }
    assertTrue(failure != null && String.valueOf(failure.getMessage()).contains("planted"));
    assertEquals(60, first.tokens.size());
    assertEquals(0, pool.stats().usedBlocks());
  }

  @Test
  void endAll_readerWaits_isTold() {
    world(20);
    Generation generation = start(request(3, 60, new Random(11)));
    scheduler.endAll(generation);
    assertThrows(InferenceException.class, () -> generation.take(() -> {}, () -> {}));
  }

  @Test
  void step_cancelled_endsAtOnce() {
    world(20);
    Generation generation = start(request(3, 60, new Random(8)));
    scheduler.step();
    scheduler.step();
    generation.cancel();
    scheduler.step();

    assertEquals(FinishReason.CANCELLED, generation.take(() -> {}, () -> {}).finish());
    assertEquals(0, pool.stats().usedBlocks());
  }

  @Test
  void end_loopStopped_everybodyIsTold() {
    world(10);
    Random random = new Random(9);
    Generation running = start(request(30, 2, random));
    CompletableFuture<Generation> waiting = open(request(20, 1, random));

    scheduler.end(new InferenceException("the engine was stopped"));

    assertThrows(InferenceException.class, () -> running.take(() -> {}, () -> {}));
    assertTrue(waiting.isCompletedExceptionally());
  }
}
