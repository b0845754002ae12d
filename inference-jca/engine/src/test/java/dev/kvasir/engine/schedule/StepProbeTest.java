package dev.kvasir.engine.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.engine.TestingModels;
import dev.kvasir.engine.graph.GraphSession;
import dev.kvasir.engine.graph.GraphShape;
import dev.kvasir.engine.graph.KernelForm;
import dev.kvasir.engine.graph.PagedGraph;
import dev.kvasir.engine.graph.StepInput;
import dev.kvasir.engine.weights.Checkpoint;
import dev.kvasir.engine.weights.NumberType;
import dev.kvasir.engine.weights.load.Checkpoints;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StepProbeTest {
  private static final int POOL_BLOCKS = 6;

  /**
   * A graph that computes nothing.
   *
   * @param inexactFrom rows of a step from which on its bits are others
   */
  private record EmptyGraph(int inexactFrom) implements PagedGraph {
    @Override
    public float[][] step(StepInput step) {
      float[][] logits = new float[step.logitRows().length][1];
      for (float[] row : logits) {
        row[0] = step.tokens().length < inexactFrom ? 0 : step.tokens().length;
      }
      return logits;
    }

    @Override
    public float[][] values(StepInput step, int layer) {
      return new float[step.tokens().length][1];
    }

    @Override
    public ByteBuffer exportBlock(int blockId) {
      return ByteBuffer.allocate(8);
    }

    @Override
    public void importBlocks(int[] blockIds, List<ByteBuffer> payloads) {}
  }

  private static StepRules rules(int inexactFrom) {
    try (Checkpoint checkpoint = Checkpoints.open(TestingModels.tiny())) {
      GraphShape shape = new GraphShape(checkpoint.config(), 512, POOL_BLOCKS, 64);
      return StepProbe.rules(new EmptyGraph(inexactFrom), shape);
    }
  }

  @Test
  void rules_bitsDependOnNothing_largestSteps() {
    assertEquals(new StepRules(64, 512, 32), rules(Integer.MAX_VALUE));
  }

  @Test
  void rules_bitsDependOnRows_smallestSteps() {
    assertEquals(new StepRules(64, 64, 1), rules(2));
  }

  @Test
  void rules_onlyTheMostRowsAreInexact_rowByRow() {
    assertEquals(new StepRules(64, 64, 1), rules(32)); // chunks have more rows, too
  }

  @Test
  void rules_onlyChunksAreInexact_blockByBlock() {
    assertEquals(new StepRules(64, 64, 32), rules(100));
  }

  @Test
  void rules_probed_leavesZeros() {
    try (Checkpoint checkpoint = Checkpoints.open(TestingModels.tiny())) {
      GraphShape shape = new GraphShape(checkpoint.config(), 512, POOL_BLOCKS, 64);
      try (GraphSession graph =
          new GraphSession(checkpoint, shape, NumberType.F32, KernelForm.ONEDNN)) {
        StepProbe.rules(graph, shape);
        for (int block = PagedGraph.FIRST_BLOCK; block < POOL_BLOCKS; block++) {
          ByteBuffer payload = graph.exportBlock(block);
          assertEquals(ByteBuffer.allocate(payload.remaining()), payload, "block " + block);
        }
      }
    }
  }
}
