package dev.kvasir.engine.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.engine.TestingModels;
import dev.kvasir.engine.weights.Checkpoint;
import dev.kvasir.engine.weights.NumberType;
import dev.kvasir.engine.weights.load.Checkpoints;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * In oneDNN's forms, a decoded row's logits and K/V are the same bits alone and among up to 15
 * others, whoever they are and however long their block tables.
 */
class DecodeRowsTest {
  private static final int BLOCK = 64;
  private static final int MAX_ROWS = 16;
  private static final int BLOCKS_PER_ROW = 5;
  private static final int DRAFTED = 5;
  private static final int[] COUNTS = IntStream.rangeClosed(1, MAX_ROWS).toArray();
  private static final int[] FEW_COUNTS = {2, 7, 8, 16}; // of a model that takes its time
  private static final int[] CONTEXTS = {130, 1, 63, 64, 200, 255, 17, 99}; // of row 0, 1, ...

  static Stream<Arguments> graphs() {
    List<Arguments> graphs = new ArrayList<>();
    for (NumberType numbers : NumberType.values()) {
      for (KernelForm form : List.of(KernelForm.ONEDNN, KernelForm.INT8)) {
        graphs.add(Arguments.of(TestingModels.tiny(), numbers, form, COUNTS));
        TestingModels.smolLm2()
            .ifPresent(path -> graphs.add(Arguments.of(path, numbers, form, FEW_COUNTS)));
      }
    }
    return graphs.stream();
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void step_rowAmongOthers_sameBitsAsAlone(
      Path model, NumberType numbers, KernelForm form, int[] counts) {
    try (Checkpoint checkpoint = Checkpoints.open(model);
        GraphSession graph = new GraphSession(checkpoint, shape(checkpoint), numbers, form)) {
      int vocabulary = checkpoint.config().vocabularySize();
      Random random = new Random(11);
      List<Row> rows =
          IntStream.range(0, MAX_ROWS).mapToObj(i -> row(graph, i, random, vocabulary)).toList();
      Bits alone = compute(graph, List.of(rows.get(0)), 0, 0);
      List<String> different = new ArrayList<>();
      for (int count : counts) {
        for (int place = 0; place < count; place += Math.max(1, count / 3)) {
          List<Row> step = new ArrayList<>(rows.subList(1, count));
          step.add(place, rows.get(0));
          Bits among = compute(graph, step, place, count % 3);
          if (!among.equals(alone)) {
            different.add("place " + place + " of " + count + " " + among.difference(alone));
          }
        }
      }
      assertEquals(List.of(), different);
    }
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void step_followingTokensOfOneSequence_sameBitsAsOneByOne(
      Path model, NumberType numbers, KernelForm form) {
    try (Checkpoint checkpoint = Checkpoints.open(model);
        GraphSession graph = new GraphSession(checkpoint, shape(checkpoint), numbers, form)) {
      int vocabulary = checkpoint.config().vocabularySize();
      Random random = new Random(12);
      Row first = row(graph, 0, random, vocabulary);
      List<Row> following = new ArrayList<>(List.of(first));
      for (int i = 1; i < DRAFTED; i++) {
        following.add(new Row(random.nextInt(vocabulary), first.position() + i, first.table()));
      }
      List<Bits> oneByOne =
          following.stream().map(row -> compute(graph, List.of(row), 0, 0)).toList();
      for (int place = 0; place < DRAFTED; place++) {
        Bits atOnce = compute(graph, following, place, 0);
        Bits last = oneByOne.get(oneByOne.size() - 1); // wrote into the same block
        assertEquals(new Bits(oneByOne.get(place).logits(), last.block()), atOnce);
      }
    }
  }

  private static GraphShape shape(Checkpoint checkpoint) {
    return new GraphShape(checkpoint.config(), 512, 1 + MAX_ROWS * BLOCKS_PER_ROW, BLOCK);
  }

  /** One row of a decode step: the token at a position of the sequence that has these blocks. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Row(int token, int position, int[] table) {}

  /** The next row of a sequence of its own, whose context is in the pool. */
  private static Row row(GraphSession graph, int index, Random random, int vocabulary) {
    int context = CONTEXTS[index % CONTEXTS.length];
    int[] table =
        IntStream.range(0, BLOCKS_PER_ROW).map(i -> 1 + index * BLOCKS_PER_ROW + i).toArray();
    int[] positions = IntStream.range(0, context).toArray();
    graph.step(
        new StepInput(
            random.ints(context, 0, vocabulary).toArray(),
            positions,
            Arrays.stream(positions).map(position -> table[position / BLOCK]).toArray(),
            Arrays.stream(positions).map(position -> position % BLOCK).toArray(),
            new int[][] {table},
            new int[] {0}));
    return new Row(random.nextInt(vocabulary), context, table);
  }

  /** What a step gives for one of its rows, with tables longer than needed by some blocks. */
  private static Bits compute(GraphSession graph, List<Row> rows, int place, int moreBlocks) {
    int longest = rows.stream().mapToInt(row -> row.position() / BLOCK + 1).max().orElseThrow();
    int blocks = Math.min(BLOCKS_PER_ROW, longest + moreBlocks);
    float[][] logits =
        graph.step(
            new StepInput(
                ints(rows.stream().map(Row::token)),
                ints(rows.stream().map(Row::position)),
                ints(rows.stream().map(row -> row.table()[row.position() / BLOCK])),
                ints(rows.stream().map(row -> row.position() % BLOCK)),
                rows.stream().map(row -> Arrays.copyOf(row.table(), blocks)).toArray(int[][]::new),
                IntStream.range(0, rows.size()).toArray()));
    Row row = rows.get(place);
    return new Bits(logits[place], graph.exportBlock(row.table()[row.position() / BLOCK]));
  }

  private static int[] ints(Stream<Integer> numbers) {
    return numbers.mapToInt(Integer::intValue).toArray();
  }

  /** Logits of a row, and the block that its K/V went to. */
  @SuppressWarnings("ArrayRecordComponent") // compared by content below
  private record Bits(float[] logits, ByteBuffer block) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Bits that
          && Arrays.equals(logits, that.logits)
          && block.equals(that.block);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(logits);
    }

    String difference(Bits that) {
      float largest = 0;
      for (int i = 0; i < logits.length; i++) {
        largest = Math.max(largest, Math.abs(logits[i] - that.logits[i]));
      }
      return "(logits by %g, K/V %s)".formatted(largest, block.equals(that.block) ? "same" : "too");
    }

    @Override
    public String toString() {
      return "logits %d, K/V %d".formatted(Arrays.hashCode(logits), block.hashCode());
    }
  }
}
