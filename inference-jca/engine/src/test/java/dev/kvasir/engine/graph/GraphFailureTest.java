package dev.kvasir.engine.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.inference.InferenceException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.tensorflow.exceptions.TFResourceExhaustedException;

final class GraphFailureTest {
  @Test
  void guarded_stepThatEnds_itsResult() {
    assertEquals(7, GraphFailure.guarded(() -> 7));
  }

  @Test
  void guarded_tensorFlowFindsNoMemory_saysSo() {
    assertNoMemory(
        () -> {
          throw new TFResourceExhaustedException(
              "OOM when allocating tensor with shape[512,49152]");
        });
  }

  @Test
  void guarded_javaFindsNoMemory_saysSo() {
    assertNoMemory(
        () -> {
          throw new OutOfMemoryError("Direct buffer memory");
        });
  }

  private static void assertNoMemory(Supplier<Integer> step) {
    InferenceException failure =
        assertThrows(InferenceException.class, () -> GraphFailure.guarded(step));
    assertTrue(String.valueOf(failure.getMessage()).contains("no memory"), failure::toString);
    assertFalse(String.valueOf(failure.getMessage()).contains("shape"), "that is for the log");
  }
}
