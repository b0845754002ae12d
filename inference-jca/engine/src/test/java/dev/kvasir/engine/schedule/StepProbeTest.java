package dev.kvasir.engine.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.engine.TestingModels;
import dev.kvasir.engine.graph.GraphSession;
import dev.kvasir.engine.graph.GraphShape;
import dev.kvasir.engine.graph.KernelForm;
import dev.kvasir.engine.graph.PagedGraph;
import dev.kvasir.engine.weights.Checkpoint;
import dev.kvasir.engine.weights.NumberType;
import dev.kvasir.engine.weights.load.Checkpoints;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

final class StepProbeTest {
  private static final int POOL_BLOCKS = 6;

  @Test
  void rules_probed_leavesZeros() {
    try (Checkpoint checkpoint = Checkpoints.open(TestingModels.tiny())) {
      GraphShape shape = new GraphShape(checkpoint.config(), 512, POOL_BLOCKS, 64);
      try (GraphSession graph =
          new GraphSession(checkpoint, shape, NumberType.F32, KernelForm.ONEDNN)) {
        StepProbe.rules(graph, shape, KernelForm.ONEDNN);
        for (int block = PagedGraph.FIRST_BLOCK; block < POOL_BLOCKS; block++) {
          ByteBuffer payload = graph.exportBlock(block);
          assertEquals(ByteBuffer.allocate(payload.remaining()), payload, "block " + block);
        }
      }
    }
  }
}
