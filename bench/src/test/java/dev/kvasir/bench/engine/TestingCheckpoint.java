package dev.kvasir.bench.engine;

import dev.kvasir.engine.weights.Checkpoint;
import dev.kvasir.engine.weights.LlamaConfig;
import dev.kvasir.engine.weights.NumberType;
import dev.kvasir.engine.weights.Rope;
import dev.kvasir.engine.weights.TextAssets;
import dev.kvasir.engine.weights.tensor.LlamaTensors;
import dev.kvasir.inference.BlockHash;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.Set;

/** A LLaMA of a few thousand made-up weights, all of them exact in bfloat16. */
record TestingCheckpoint(LlamaConfig config) implements Checkpoint {
  /** Two layers, four heads on two of K/V, and nothing of the same size as something else. */
  static TestingCheckpoint of(Rope.Scaling scaling, boolean tiedEmbeddings) {
    Rope rope = new Rope(20_000, scaling);
    return new TestingCheckpoint(
        new LlamaConfig(
            "made-up", 2, 48, 4, 2, 16, 96, 12, 128, rope, 1e-5f, tiedEmbeddings, Set.of(2)));
  }

  @Override
  public TextAssets text() {
    return new TextAssets("{}", null, "", "");
  }

  @Override
  public BlockHash weightsDigest() {
    return new BlockHash(0, 0, 0, 0);
  }

  @Override
  public long[] shape(String name) {
    long[] shape = LlamaTensors.shapes(config).get(name);
    if (shape == null) {
      throw new IllegalArgumentException("there is no tensor " + name);
    }
    return shape;
  }

  @Override
  public void read(String name, NumberType type, ByteBuffer out) {
    Random random = new Random(name.hashCode());
    long count = 1;
    for (long size : shape(name)) {
      count *= size;
    }
    for (long i = 0; i < count; i++) {
      int bits = Float.floatToIntBits((random.nextInt(256) - 128) / 64f);
      if (type == NumberType.F32) {
        out.putInt(bits);
      } else {
        out.putShort((short) (bits >> 16));
      }
    }
  }

  @Override
  public void close() {}
}
