package dev.kvasir.engine;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.engine.graph.PagedGraph;
import dev.kvasir.engine.graph.StepInput;
import dev.kvasir.inference.InferenceException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WatchedGraphTest {
  private static final StepInput ANY =
      new StepInput(
          new int[] {5},
          new int[] {0},
          new int[] {2},
          new int[] {0},
          new int[][] {{2}},
          new int[1]);

  private final FailingGraph graph = new FailingGraph();
  private long nanos = 5;
  private final WatchedGraph watched = new WatchedGraph(graph, () -> nanos);

  @Test
  void isBroken_oneWorksBetween_no() {
    fail(WatchedGraph.MOST_FAILURES - 1);
    graph.fails = false;
    watched.step(ANY);
    graph.fails = true;
    fail(WatchedGraph.MOST_FAILURES - 1);

    assertFalse(watched.isBroken());
    assertDoesNotThrow(watched::requireWorking);
  }

  @Test
  void requireWorking_allFailed_saysHowManyAndWhy() {
    fail(WatchedGraph.MOST_FAILURES);

    assertTrue(watched.isBroken());
    InferenceException reason = assertThrows(InferenceException.class, watched::requireWorking);
    assertEquals("8 steps of the graph failed, one after another: planted", reason.getMessage());
  }

  @Test
  void values_fail_countedAsSteps() {
    fail(WatchedGraph.MOST_FAILURES - 1);
    assertThrows(InferenceException.class, () -> watched.values(ANY, 1));
    assertTrue(watched.isBroken());

    graph.fails = false;
    watched.values(ANY, 1);
    assertFalse(watched.isBroken());
  }

  @Test
  void requireWorking_asked_triesOnceInAWhileWithABlockOfNobody() {
    fail(WatchedGraph.MOST_FAILURES);
    int before = graph.steps;
    assertThrows(InferenceException.class, watched::requireWorking);
    assertEquals(before, graph.steps, "too early");

    nanos += WatchedGraph.TRY_NANOS;
    assertThrows(InferenceException.class, watched::requireWorking);
    assertThrows(InferenceException.class, watched::requireWorking);
    assertEquals(before + 1, graph.steps);
    assertEquals(PagedGraph.DUMP_BLOCK, graph.lastWritten);

    graph.fails = false;
    nanos += WatchedGraph.TRY_NANOS;
    assertDoesNotThrow(watched::requireWorking);
    assertFalse(watched.isBroken());
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      assertThrows(InferenceException.class, () -> watched.step(ANY));
    }
  }

  /** Its steps fail or do nothing. */
  private static final class FailingGraph implements PagedGraph {
    boolean fails = true;
    int steps;
    int lastWritten;

    @Override
    public float[][] step(StepInput step) {
      steps++;
      lastWritten = step.writeBlocks()[0];
      if (fails) {
        throw new InferenceException("planted");
      }
      return new float[1][1];
    }

    @Override
    public float[][] values(StepInput step, int layer) {
      return step(step);
    }

    @Override
    public ByteBuffer exportBlock(int blockId) {
      throw new AssertionError("nobody asked for a block");
    }

    @Override
    public void importBlocks(int[] blockIds, List<ByteBuffer> payloads) {
      throw new AssertionError("nobody has blocks");
    }
  }
}
