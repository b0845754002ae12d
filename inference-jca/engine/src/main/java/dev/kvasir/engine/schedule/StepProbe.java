package dev.kvasir.engine.schedule;

import dev.kvasir.engine.graph.GraphShape;
import dev.kvasir.engine.graph.PagedGraph;
import dev.kvasir.engine.paged.BlockTable;
import dev.kvasir.inference.TokenIds;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/** Finds out which shapes a step may have without a bit of K/V or logits depending on it. */
public final class StepProbe {
  /*
   * oneDNN's products sum over k in the same order for every number of rows, so that several blocks in one step give the
   * bits of one block at a time, and a decoded row alone those of a row among others; Eigen's, in the plain form, do
   * not. Where steps of several blocks are not exact, each step computes one block: its shapes are then the same whatever
   * was cached before it, and so are its bits. Where rows are not, each is decoded alone.
   *
   * The probe computes a few blocks and all rows both ways on the loaded model and compares all of their K/V and the
   * logits. A chunk of three blocks stands for larger ones, which take longer than a start should.
   * It is what keeps an unknown processor from mixing bits; the tests look at many more shapes than it has time for.
   */

  private static final Logger LOG = System.getLogger(StepProbe.class.getName());
  private static final int LARGEST_CHUNK_BLOCKS = 8;
  private static final int MAX_DECODE_ROWS = 32;
  private static final int PROBED_BLOCKS = 3;

  private final PagedGraph graph;
  private final int blockSize;
  private final TokenIds tokens;
  private final BlockTable table;

  private StepProbe(PagedGraph graph, GraphShape shape, int blocks) {
    this.graph = graph;
    this.blockSize = shape.blockSize();
    int vocabulary = shape.model().vocabularySize();
    this.tokens =
        TokenIds.of(new Random(1).ints((long) blocks * blockSize, 0, vocabulary).toArray());
    this.table = new BlockTable(blockSize);
    for (int block = 0; block < blocks; block++) {
      table.append(PagedGraph.FIRST_BLOCK + block);
    }
  }

  /** The smallest shapes: exact whatever the products are. */
  public static StepRules smallest(GraphShape shape) {
    return new StepRules(shape.blockSize(), shape.blockSize(), 1);
  }

  /** The shapes that are exact on the loaded model. */
  public static StepRules rules(PagedGraph graph, GraphShape shape) {
    int blockSize = shape.blockSize();
    int free = shape.poolBlocks() - PagedGraph.FIRST_BLOCK;
    int blocks = Math.min(PROBED_BLOCKS, free - 1);
    if (blocks < 2 || blocks * blockSize > shape.contextTokens()) {
      return smallest(shape);
    }
    StepProbe probe = new StepProbe(graph, shape, blocks);
    boolean chunks = probe.largeStepsAreExact();
    boolean rows = probe.manyRowsAreExact();
    probe.wipe();
    if (!chunks || !rows) {
      LOG.log(
          Level.INFO,
          "KVASIR-EN01 larger steps change bits here: prefill block by block {0}, decode row by row {1}",
          !chunks,
          !rows);
    }
    return new StepRules(
        blockSize,
        chunks ? LARGEST_CHUNK_BLOCKS * blockSize : blockSize,
        rows ? MAX_DECODE_ROWS : 1);
  }

  private boolean largeStepsAreExact() {
    float[] atOnce = prefill(tokens.size());
    byte[][] atOnceBytes = export();
    float[] blockwise = prefill(blockSize);
    byte[][] blockwiseBytes = export();
    return Arrays.equals(atOnce, blockwise) && Arrays.deepEquals(atOnceBytes, blockwiseBytes);
  }

  private float[] prefill(int chunkTokens) {
    float[] logits = {};
    for (int done = 0; done < tokens.size(); done += chunkTokens) {
      Chunk chunk = new Chunk(done, done + chunkTokens, LARGEST_CHUNK_BLOCKS * blockSize);
      logits = graph.step(chunk.prefillStep(tokens, table, blockSize))[0];
    }
    return logits;
  }

  /** The last positions of the probed blocks, decoded at once and in steps of some sizes. */
  private boolean manyRowsAreExact() {
    float[][] atOnce = decode(MAX_DECODE_ROWS);
    byte[][] atOnceBytes = export();
    float[][] apart = decode(1, 2, 5, 8, 16);
    return Arrays.deepEquals(atOnce, apart) && Arrays.deepEquals(atOnceBytes, export());
  }

  /** Logits of the last positions, each computed in the step of its group. */
  private float[][] decode(int... groups) {
    float[][] logits = new float[MAX_DECODE_ROWS][];
    int row = 0;
    for (int group : groups) {
      DecodeStep step = new DecodeStep();
      for (int i = 0; i < group; i++) {
        int position = tokens.size() - MAX_DECODE_ROWS + row + i;
        step.add(tokens.get(position), position, table);
      }
      for (float[] rowLogits : graph.step(step.input())) {
        logits[row++] = rowLogits;
      }
    }
    return logits;
  }

  /** Leaves nothing: a random token's K/V need not be a number. */
  private void wipe() {
    int[] blocks = IntStream.range(0, table.size()).map(table::block).toArray();
    graph.wipeBlocks(blocks, graph.exportBlock(blocks[0]).remaining());
  }

  private byte[][] export() {
    byte[][] blocks = new byte[table.size()][];
    for (int index = 0; index < blocks.length; index++) {
      ByteBuffer block = graph.exportBlock(table.block(index));
      blocks[index] = new byte[block.remaining()];
      block.get(blocks[index]);
    }
    return blocks;
  }
}
