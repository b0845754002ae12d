package dev.kvasir.engine.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.engine.TestingModels;
import dev.kvasir.engine.weights.Checkpoint;
import dev.kvasir.engine.weights.LlamaConfig;
import dev.kvasir.engine.weights.NumberType;
import dev.kvasir.engine.weights.load.Checkpoints;
import dev.kvasir.engine.weights.numbers.BFloat16;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A step that ends at a layer's values: they are those of a whole step. */
class ValuesTest {
  private static final int BLOCK = 64;
  private static final int TOKENS = 2 * BLOCK;

  @ParameterizedTest
  @CsvSource({"F32, 1, 1", "F32, 2, 1", "BF16, 1, 1", "BF16, 2, 1", "F32, 2, 0", "BF16, 2, 3"})
  void values_ofALayer_asAWholeStepWritesThem(NumberType numbers, int shards, int layer) {
    try (Checkpoint checkpoint = Checkpoints.open(TestingModels.tiny());
        GraphSession whole = graph(checkpoint, numbers, shards);
        GraphSession looking = graph(checkpoint, numbers, shards)) {
      LlamaConfig model = checkpoint.config();
      whole.step(step());
      ByteBuffer[] computed = {whole.exportBlock(1), whole.exportBlock(2)};
      float[][] values = looking.values(step(), layer);

      assertEquals(TOKENS, values.length);
      for (int position = 0; position < TOKENS; position++) {
        assertEquals(model.kvHeads() * model.headSize(), values[position].length);
        for (int i = 0; i < values[position].length; i++) {
          int index = index(model, layer, position % BLOCK, i);
          assertEquals(
              number(computed[position / BLOCK], numbers, index),
              values[position][i],
              "position " + position);
        }
      }
      ByteBuffer block = looking.exportBlock(1);
      int border = layer * 2 * model.kvHeads() * BLOCK * model.headSize() * numbers.bytes();
      assertEquals(computed[0].slice(0, border), block.slice(0, border), "before it");
      ByteBuffer behind = block.slice(border, block.remaining() - border);
      assertTrue(IntStream.range(0, behind.limit()).allMatch(i -> behind.get(i) == 0), "written");
    }
  }

  private static GraphSession graph(Checkpoint checkpoint, NumberType numbers, int shards) {
    GraphShape shape = new GraphShape(checkpoint.config(), 256, 4, BLOCK, shards);
    return new GraphSession(checkpoint, shape, numbers, KernelProbe.fastest(numbers));
  }

  private static StepInput step() {
    int[] positions = IntStream.range(0, TOKENS).toArray();
    return new StepInput(
        IntStream.of(positions).map(i -> i * 31 % 1_500).toArray(),
        positions,
        IntStream.of(positions).map(position -> 1 + position / BLOCK).toArray(),
        IntStream.of(positions).map(position -> position % BLOCK).toArray(),
        new int[][] {{1, 2}},
        new int[] {TOKENS - 1});
  }

  /** Of a number of a row's values, in a payload (layers, 2, kvHeads, blockSize, headSize). */
  private static int index(LlamaConfig model, int layer, int row, int number) {
    int head = (layer * 2 + 1) * model.kvHeads() + number / model.headSize();
    return (head * BLOCK + row) * model.headSize() + number % model.headSize();
  }

  private static float number(ByteBuffer payload, NumberType numbers, int index) {
    ByteBuffer bytes = payload.order(ByteOrder.LITTLE_ENDIAN);
    return numbers == NumberType.BF16
        ? BFloat16.toFloat(bytes.getShort(index * Short.BYTES))
        : bytes.getFloat(index * Float.BYTES);
  }
}
