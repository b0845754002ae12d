package dev.kvasir.engine.schedule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.engine.graph.PagedGraph;
import dev.kvasir.engine.graph.StepInput;
import dev.kvasir.engine.paged.CachedBlock;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.BlockPoolStats;
import dev.kvasir.inference.EngineStats;
import dev.kvasir.inference.IdleRecompute;
import dev.kvasir.inference.InferenceException;
import dev.kvasir.inference.TokenIds;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What stands in the pool is computed once more while nobody is there, and stays as it is. */
class IdleRecomputerTest extends SmallWorlds {
  private static final TokenIds TEXT = text(100); // blocks 0 to 4, and one token

  private final List<OptionalDouble> told = new ArrayList<>();
  private final List<StepInput> steps = new ArrayList<>();
  private long nanos;

  /** Each row of a step takes a second, and everything else a minute. */
  private final class SlowGraph implements PagedGraph {
    @Override
    public float[][] step(StepInput step) {
      steps.add(step);
      nanos += step.tokens().length * 1_000_000_000L;
      return graph.step(step);
    }

    @Override
    public float[][] values(StepInput step, int layer) {
      return graph.values(step, layer);
    }

    @Override
    public ByteBuffer exportBlock(int blockId) {
      return graph.exportBlock(blockId);
    }

    @Override
    public void importBlocks(int[] blockIds, List<ByteBuffer> payloads) {
      graph.importBlocks(blockIds, payloads);
    }
  }

  @Test
  void step_twoBlocksAStep_stepsAreTimedAndNothingElse() {
    world(10);
    finish(start(request(TEXT, 1, hashes(TEXT))));
    IdleRecomputer recomputer =
        new IdleRecomputer(new SlowGraph(), RULES, 2 * BLOCK, pool, () -> nanos);

    recomputer.take(blocks(TEXT, 1));
    while (recomputer.step()) {
      nanos += 60_000_000_000L;
    }

    assertEquals(List.of(OptionalDouble.of(16)), told);
    // cut at the prompt's fixed places: 16 positions
    assertArrayEquals(IntStream.range(4, 12).toArray(), steps.get(0).positions());
    assertArrayEquals(IntStream.range(12, 16).toArray(), steps.get(1).positions());
    assertArrayEquals(IntStream.range(16, 20).toArray(), steps.get(2).positions());
    assertEquals(3, steps.size());
    int[] table = steps.get(2).blockTables()[0];
    List<BlockHash> hashes = hashes(TEXT);
    assertEquals(8, table.length, "up to the next fixed place");
    for (int block = 0; block < hashes.size(); block++) {
      assertEquals(pool.find(hashes.get(block)).orElseThrow(), table[block]);
    }
    for (StepInput step : steps) {
      assertTrue(IntStream.of(step.writeBlocks()).allMatch(id -> id == PagedGraph.DUMP_BLOCK));
    }
  }

  @Test
  void spareStep_nobodyThere_poolAndCountersStayAsTheyAre() {
    world(10);
    finish(start(request(TEXT, 3, hashes(TEXT))));
    List<ByteBuffer> before = contents();
    BlockPoolStats stats = pool.stats();
    EngineStats engine = scheduler.stats();

    scheduler.recomputeIdle(blocks(TEXT, 0));
    spareSteps(5);

    assertFalse(scheduler.spareStep());
    assertEquals(1, told.size());
    assertTrue(told.get(0).orElseThrow() > 0);
    assertEquals(before, contents());
    assertEquals(stats, pool.stats());
    assertEquals(engine, scheduler.stats());
  }

  @Test
  void open_begun_givenUp() {
    world(20);
    finish(start(request(TEXT, 1, hashes(TEXT))));
    scheduler.recomputeIdle(blocks(TEXT, 0));
    spareSteps(2);

    Generation newcomer = start(request(text(500), 5, List.of()));

    assertEquals(List.of(OptionalDouble.empty()), told);
    assertEquals(5, finish(newcomer).size());
    assertFalse(scheduler.spareStep());
  }

  @Test
  void open_notBegun_waitsOn() {
    world(20);
    finish(start(request(TEXT, 1, hashes(TEXT))));
    scheduler.recomputeIdle(blocks(TEXT, 3));
    Generation newcomer = start(request(text(500), 5, List.of()));
    assertFalse(scheduler.spareStep(), "somebody is there");
    finish(newcomer);
    spareSteps(2);
    assertTrue(told.get(0).isPresent());
  }

  @Test
  void take_another_theLastIsComputed() {
    world(20);
    finish(start(request(TEXT, 1, hashes(TEXT))));
    scheduler.recomputeIdle(blocks(TEXT, 0));
    scheduler.recomputeIdle(blocks(TEXT, 4));
    assertEquals(List.of(OptionalDouble.empty()), told);
    spareSteps(1);
    assertEquals(2, told.size());
    assertFalse(scheduler.spareStep());
  }

  @Test
  void spareStep_blockGone_givenUp() {
    world(10);
    finish(start(request(TEXT, 1, hashes(TEXT))));
    scheduler.recomputeIdle(blocks(TEXT, 0));
    spareSteps(1);
    pool.clear();
    spareSteps(1);
    assertEquals(List.of(OptionalDouble.empty()), told);
    assertFalse(scheduler.spareStep());
  }

  @Test
  void spareStep_cannotBeComputed_givenUp() {
    world(4);
    TokenIds text = TokenIds.of(1, 2, TestingGraph.BREAKS, 4, 5);
    stands(text);
    scheduler.recomputeIdle(blocks(text, 0));
    spareSteps(1);
    assertEquals(List.of(OptionalDouble.empty()), told);
    assertFalse(scheduler.spareStep());
  }

  @Test
  void end_loopStopped_givenUp() {
    world(10);
    finish(start(request(TEXT, 1, hashes(TEXT))));
    scheduler.recomputeIdle(blocks(TEXT, 0));
    scheduler.end(new InferenceException("the engine was stopped"));
    assertEquals(List.of(OptionalDouble.empty()), told);
  }

  private void spareSteps(int count) {
    for (int step = 0; step < count; step++) {
      assertTrue(scheduler.spareStep(), "step " + step);
    }
  }

  /** Has a text's only block stand in the pool. */
  private void stands(TokenIds text) {
    assertTrue(pool.reserve(1));
    int block = pool.allocate();
    pool.register(block, new CachedBlock(hashes(text).get(0), 0, text.slice(0, BLOCK)));
    pool.release(List.of(block));
  }

  private List<ByteBuffer> contents() {
    return IntStream.range(PagedGraph.FIRST_BLOCK, PagedGraph.FIRST_BLOCK + pool.capacity())
        .mapToObj(graph::exportBlock)
        .toList();
  }

  private static TokenIds text(int first) {
    return TokenIds.of(IntStream.range(first, first + 21).toArray());
  }

  private IdleRecompute blocks(TokenIds text, int fromBlock) {
    return new IdleRecompute(text, hashes(text), fromBlock, told::add);
  }
}
