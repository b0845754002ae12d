package dev.kvasir.engine.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.engine.TestingModels;
import dev.kvasir.engine.weights.Checkpoint;
import dev.kvasir.engine.weights.LlamaConfig;
import dev.kvasir.engine.weights.NumberType;
import dev.kvasir.engine.weights.Rope;
import dev.kvasir.engine.weights.load.Checkpoints;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShardsTest {
  private static final int BLOCK = 64;
  private static final long HEAD_SIZE = 64;
  private static final float ROUNDING = 1e-3f; // float32, sums in another order

  @ParameterizedTest
  @CsvSource({"9, 3, 1", "9, 3, 2", "9, 3, 3", "8, 1, 2", "32, 8, 2", "7, 7, 4"})
  void projections_ofAllShards_coverEachTensorOnce(int heads, int kvHeads, int count) {
    LlamaConfig model = model(heads, kvHeads);
    Shards shards = new Shards(model, count);

    assertCovers(shards.attention(), s -> shards.qkv(1, s), (heads + 2 * kvHeads) * HEAD_SIZE);
    assertCovers(count, s -> shards.o(1, s), model.hiddenSize());
    assertCovers(count, s -> shards.mlp(1, "gate", s), model.intermediateSize());
    assertCovers(count, s -> shards.down(1, s), model.hiddenSize());
    assertCovers(count, shards::embedding, model.vocabularySize());
    assertCovers(count, shards::head, model.vocabularySize());
  }

  @Test
  void qkv_twoShardsOfThreeKvHeads_firstHasTwoWithTheirQueries() {
    Shards shards = new Shards(model(9, 3), 2);

    assertEquals(
        List.of(
            new TensorPart("model.layers.0.self_attn.q_proj.weight", 0, 6 * 64),
            new TensorPart("model.layers.0.self_attn.k_proj.weight", 0, 2 * 64),
            new TensorPart("model.layers.0.self_attn.v_proj.weight", 0, 2 * 64)),
        shards.qkv(0, 0).parts());
    assertEquals(3, shards.heads(1));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void step_inShards_asUndivided(int count) {
    try (Checkpoint checkpoint = Checkpoints.open(TestingModels.tiny());
        GraphSession whole = graph(checkpoint, 1);
        GraphSession divided = graph(checkpoint, count)) {
      int[] prompt = IntStream.range(0, 100).map(i -> i * 31 % 1_500).toArray();

      assertArrayEquals(step(whole, prompt, 0), step(divided, prompt, 0), ROUNDING);

      GraphSession other = count == 2 ? divided : whole;
      other.importBlocks(new int[] {1, 2}, exported(count == 2 ? whole : divided));
      int[] next = {17};
      assertArrayEquals(
          step(whole, next, prompt.length), step(divided, next, prompt.length), ROUNDING);
    }
  }

  private static List<ByteBuffer> exported(GraphSession graph) {
    return List.of(graph.exportBlock(1), graph.exportBlock(2));
  }

  private static GraphSession graph(Checkpoint checkpoint, int shards) {
    GraphShape shape = new GraphShape(checkpoint.config(), 256, 4, BLOCK, shards);
    return new GraphSession(checkpoint, shape, NumberType.F32, KernelForm.PLAIN);
  }

  private static float[] step(GraphSession graph, int[] tokens, int first) {
    int[] positions = IntStream.range(first, first + tokens.length).toArray();
    return graph
        .step(
            new StepInput(
                tokens,
                positions,
                IntStream.of(positions).map(position -> 1 + position / BLOCK).toArray(),
                IntStream.of(positions).map(position -> position % BLOCK).toArray(),
                new int[][] {{1, 2}},
                new int[] {tokens.length - 1}))[0];
  }

  private static void assertCovers(int count, Function<Integer, Projection> projection, long size) {
    long covered = 0;
    for (int shard = 0; shard < count; shard++) {
      for (TensorPart part : projection.apply(shard).parts()) {
        covered += part.to() - part.from();
      }
      Projection before = shard == 0 ? null : projection.apply(shard - 1);
      for (int i = 0; before != null && i < before.parts().size(); i++) {
        assertEquals(before.parts().get(i).to(), projection.apply(shard).parts().get(i).from());
      }
    }
    assertEquals(size, covered);
  }

  private static LlamaConfig model(int heads, int kvHeads) {
    return new LlamaConfig(
        "test",
        2,
        576,
        heads,
        kvHeads,
        64,
        1_537,
        1_001,
        512,
        new Rope(10_000, new Rope.Scaling.None()),
        1e-5f,
        true,
        Set.of(2));
  }
}
