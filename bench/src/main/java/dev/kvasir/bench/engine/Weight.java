package dev.kvasir.bench.engine;

import dev.kvasir.engine.weights.Checkpoint;
import dev.kvasir.engine.weights.LlamaConfig;
import dev.kvasir.engine.weights.NumberType;
import dev.kvasir.engine.weights.gguf.GgufNames;
import dev.kvasir.engine.weights.tensor.LlamaTensors;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * One tensor of a LLaMA model as other systems want it: norms in float32, all else in bfloat16.
 *
 * @param name by Hugging Face
 * @param ggufName by llama.cpp
 */
record Weight(String name, String ggufName) {
  /** All tensors of a model. */
  static List<Weight> of(LlamaConfig model) {
    return LlamaTensors.shapes(model).keySet().stream()
        .map(name -> new Weight(name, GgufNames.ofHuggingFace(name)))
        .toList();
  }

  NumberType type() {
    return name.endsWith("norm.weight") ? NumberType.F32 : NumberType.BF16;
  }

  /** Whether RoPE turns its rows, whose order differs between the two forms. */
  boolean isTurned() {
    return GgufNames.isTurned(name);
  }

  long bytes(Checkpoint checkpoint) {
    return Arrays.stream(checkpoint.shape(name)).reduce(type().bytes(), Math::multiplyExact);
  }

  /** Its numbers, row-major, little-endian, rows in Hugging Face's order. */
  ByteBuffer read(Checkpoint checkpoint) {
    ByteBuffer numbers = ByteBuffer.allocate(Math.toIntExact(bytes(checkpoint)));
    checkpoint.read(name, type(), numbers.order(ByteOrder.LITTLE_ENDIAN));
    return numbers.flip();
  }
}
