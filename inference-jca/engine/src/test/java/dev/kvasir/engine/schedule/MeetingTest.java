package dev.kvasir.engine.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.engine.graph.PagedGraph;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.SequenceRequest;
import dev.kvasir.inference.TokenIds;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Prompts that are computed from the front while their blocks are loaded from the end. */
class MeetingTest extends SmallWorlds {
  private static final int ROUNDS = Integer.getInteger("kvasir.mixtures", 60);
  private static final int POOL_BLOCKS = 20;
  private static final int BLOCKS = 9;
  private static final int TAIL = 3;

  private final SequenceRequest request = request(BLOCKS * BLOCK + TAIL, 5, new Random(1));
  private final TokenIds prompt = request.prompt();
  private final List<BlockHash> names = hashes(prompt);
  private final SequenceRequest named = request(prompt, 5, names);
  private final List<Integer> expected = alone();

  private List<Integer> alone() {
    world(50);
    List<Integer> tokens = finish(start(named));
    world(50);
    return tokens;
  }

  /** What prefill computes of a block. */
  private static ByteBuffer bytes(TokenIds prompt, int block) {
    ByteBuffer bytes = ByteBuffer.allocate(BLOCK * Double.BYTES);
    for (int at = block * BLOCK; at < (block + 1) * BLOCK; at++) {
      bytes.putDouble(prompt.get(at) * 31 + at);
    }
    return bytes.rewind();
  }

  private void meet(Generation generation, int block) {
    scheduler.meet(generation, block, bytes(prompt, block));
  }

  private Generation startMeeting(SequenceRequest asked, int endBlock) {
    Generation generation = open(asked).join();
    generation.startDecode();
    scheduler.start(generation, endBlock);
    return generation;
  }

  private int prefilledRows() {
    return graph.prefillRows.stream().mapToInt(Integer::intValue).sum();
  }

  @Test
  void meet_oneBlockAStep_bothMeetInTheMiddle() {
    Generation generation = startMeeting(named, BLOCKS);
    for (int block = BLOCKS - 1; !generation.met().isDone(); block--) {
      scheduler.step(); // two blocks
      meet(generation, block);
    }
    assertEquals(3, generation.met().join(), "blocks that were loaded");
    assertEquals(6 * BLOCK, prefilledRows());
    assertEquals(expected, finish(generation));
    assertEquals(6 * BLOCK + BLOCK, prefilledRows(), "and the tail's block");
    for (BlockHash name : names) {
      assertTrue(pool.find(name).isPresent(), "found by others");
    }
  }

  @Test
  void meet_loadedAndNotYetReached_nobodyFindsIt() {
    Generation generation = startMeeting(named, BLOCKS);
    scheduler.step();
    meet(generation, BLOCKS - 1);
    assertTrue(pool.find(names.get(1)).isPresent());
    assertFalse(pool.find(names.get(BLOCKS - 1)).isPresent());
  }

  @Test
  void meet_allCameAtOnce_onlyTheTailIsComputed() {
    Generation generation = startMeeting(named, BLOCKS);
    for (int block = BLOCKS - 1; block >= 0; block--) {
      meet(generation, block);
    }
    assertEquals(expected, finish(generation));
    assertEquals(BLOCKS, generation.met().join());
    assertEquals(BLOCK, prefilledRows());
  }

  @Test
  void meet_noneCame_allIsComputedAndLateOnesAreLeft() {
    Generation generation = startMeeting(named, BLOCKS - 1);
    while (!generation.met().isDone()) {
      scheduler.step();
    }
    meet(generation, BLOCKS - 2);
    assertEquals(0, generation.met().join());
    assertEquals(expected, finish(generation));
    assertEquals((BLOCKS + 1) * BLOCK, prefilledRows());
  }

  @Test
  void meet_oneIsMissing_thoseBeforeItAreNotTaken() {
    Generation generation = startMeeting(named, BLOCKS);
    meet(generation, BLOCKS - 1);
    meet(generation, BLOCKS - 3);
    assertEquals(expected, finish(generation));
    assertEquals(1, generation.met().join());
  }

  @Test
  void meet_ended_isOverAndGivesAllBack() {
    Generation generation = startMeeting(named, BLOCKS);
    scheduler.step();
    meet(generation, BLOCKS - 1);
    scheduler.endAll(generation);
    meet(generation, BLOCKS - 2);
    assertEquals(0, generation.met().join());
    assertEquals(0, pool.stats().usedBlocks());
    assertFalse(pool.find(names.get(BLOCKS - 1)).isPresent());
  }

  @Test
  void step_manyMeetingInASmallPool_eachAsAloneAndNamesHoldTheirOwn() {
    long preemptions = 0;
    int met = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long seed = Long.getLong("kvasir.seed", System.nanoTime());
      Random random = new Random(seed);
      List<SequenceRequest> asked = new ArrayList<>();
      List<List<Integer>> each = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        asked.add(request(1 + random.nextInt(50), 1 + random.nextInt(20), random));
        world(50, new ScheduleLimits(2 * BLOCK, 0));
        each.add(finish(start(asked.get(i))));
      }
      world(POOL_BLOCKS, LIMITS);
      List<Meeter> meeters = runTogether(asked, random);
      assertEquals(each, meeters.stream().map(m -> m.reader.tokens).toList(), "seed " + seed);
      met += meeters.stream().mapToInt(m -> m.reader.opened.join().met().join()).sum();
      preemptions += scheduler.stats().preemptions();
      assertNamesHoldTheirOwn("seed " + seed);
      assertEquals(0, pool.stats().usedBlocks(), "seed " + seed);
    }
    assertTrue(preemptions > 0 && met > ROUNDS, preemptions + " preempted, " + met + " met");
  }

  private List<Meeter> runTogether(List<SequenceRequest> asked, Random random) {
    List<Meeter> meeters = new ArrayList<>();
    while (meeters.size() < asked.size() || meeters.stream().anyMatch(m -> !m.reader.finished)) {
      if (meeters.size() < asked.size() && random.nextInt(3) == 0) {
        meeters.add(new Meeter(asked.get(meeters.size())));
      }
      scheduler.step();
      meeters.forEach(meeter -> meeter.goOn(random));
    }
    return meeters;
  }

  private void assertNamesHoldTheirOwn(String what) {
    IntStream.range(PagedGraph.FIRST_BLOCK, PagedGraph.FIRST_BLOCK + POOL_BLOCKS)
        .filter(id -> pool.content(id).isPresent())
        .forEach(
            id -> {
              var content = pool.content(id).orElseThrow();
              assertEquals(OptionalInt.of(id), pool.find(content.hash()), what);
              ByteBuffer held = graph.exportBlock(id);
              for (int i = 0; i < BLOCK; i++) {
                int position = content.blockIndex() * BLOCK + i;
                assertEquals(content.tokens().get(i) * 31 + position, held.getDouble(i * 8), what);
              }
            });
  }

  /** A sequence whose blocks come now and then, some not at all. */
  private final class Meeter {
    final Reader reader;
    private final SequenceRequest asked;
    private int next;

    Meeter(SequenceRequest asked) {
      this.asked = asked;
      reader = new Reader(asked);
    }

    void goOn(Random random) {
      if (reader.opened.isDone() && !reader.started) {
        Generation generation = reader.opened.join();
        int found = generation.poolTokens() / BLOCK;
        int shareable = generation.blocks().shareable();
        if (found < shareable) {
          reader.started = true;
          next = found + 1 + random.nextInt(shareable - found);
          generation.startDecode();
          scheduler.start(generation, next);
        }
      }
      for (int coming = random.nextInt(4); coming > 0 && next > 0; coming--) {
        next -= random.nextInt(20) == 0 ? 2 : 1; // a hole: no more are taken
        if (next >= 0) {
          scheduler.meet(reader.opened.join(), next, bytes(asked.prompt(), next));
        }
      }
      reader.readAll();
    }
  }
}
