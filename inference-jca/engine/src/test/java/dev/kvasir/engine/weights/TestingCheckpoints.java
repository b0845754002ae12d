package dev.kvasir.engine.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.engine.weights.load.Checkpoints;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;

/** What a checkpoint must hold. */
public final class TestingCheckpoints {
  private TestingCheckpoints() {}

  /** The model opens with {@link TestingLlama}'s shape, and every tensor has these numbers. */
  public static void assertHolds(Map<String, TestingTensor> tensors, Path model) {
    try (Checkpoint checkpoint = Checkpoints.open(model)) {
      assertEquals(TestingLlama.CONFIG, checkpoint.config());
      tensors.forEach(
          (name, tensor) -> {
            assertArrayEquals(tensor.shape(), checkpoint.shape(name), name);
            assertArrayEquals(tensor.f32(), read(checkpoint, name, NumberType.F32), name);
            assertArrayEquals(tensor.bf16(), read(checkpoint, name, NumberType.BF16), name);
          });
    }
  }

  public static byte[] read(Checkpoint checkpoint, String name, NumberType type) {
    long numbers = 1;
    for (long dimension : checkpoint.shape(name)) {
      numbers *= dimension;
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) numbers * type.bytes());
    checkpoint.read(name, type, bytes);
    assertEquals(0, bytes.remaining());
    return bytes.array();
  }
}
