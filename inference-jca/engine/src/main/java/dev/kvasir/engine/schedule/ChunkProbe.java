package dev.kvasir.engine.schedule;

import dev.kvasir.engine.graph.GraphSession;
import dev.kvasir.engine.graph.GraphShape;
import dev.kvasir.engine.graph.KernelForm;
import dev.kvasir.engine.paged.BlockTable;
import dev.kvasir.inference.TokenIds;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/** Finds out how many tokens a prefill step may hold without a bit of K/V depending on it. */
public final class ChunkProbe {
  /*
   * oneDNN's products sum over k in the same order for every number of rows, so that several blocks in one step give the
   * bits of one block at a time; Eigen's, in the plain form, do not. Where steps of several blocks are not exact, each
   * step computes one block: its shapes are then the same whatever was cached before it, and so are its bits.
   *
   * The probe computes a few blocks both ways on the loaded model and compares all of their K/V and the logits. It is
   * what keeps an unknown processor from mixing bits; the tests look at many more shapes than it has time for.
   */

  private static final Logger LOG = System.getLogger(ChunkProbe.class.getName());
  private static final int LARGEST_CHUNK_BLOCKS = 8;
  private static final int PROBED_BLOCKS = 3;

  private final GraphSession graph;
  private final GraphShape shape;
  private final TokenIds tokens;

  private ChunkProbe(GraphSession graph, GraphShape shape, int blocks) {
    this.graph = graph;
    this.shape = shape;
    int vocabulary = shape.model().vocabularySize();
    this.tokens =
        TokenIds.of(new Random(1).ints((long) blocks * shape.blockSize(), 0, vocabulary).toArray());
  }

  /** Most tokens of a prefill step. */
  public static int chunkTokens(GraphSession graph, GraphShape shape, KernelForm form) {
    int blocks = Math.min(PROBED_BLOCKS, shape.poolBlocks() - 1);
    if (form == KernelForm.PLAIN || blocks * shape.blockSize() > shape.contextTokens()) {
      return shape.blockSize();
    }
    boolean exact = new ChunkProbe(graph, shape, blocks).largeStepsAreExact(blocks);
    if (!exact) {
      LOG.log(Level.INFO, "prefill goes block by block: larger steps change bits here");
    }
    return exact ? LARGEST_CHUNK_BLOCKS * shape.blockSize() : shape.blockSize();
  }

  private boolean largeStepsAreExact(int blocks) {
    BlockTable table = new BlockTable(shape.blockSize());
    for (int block = 1; block <= blocks; block++) {
      table.append(Chunk.SCRATCH_BLOCK + block);
    }
    float[] atOnce = prefill(table, tokens.size());
    byte[][] atOnceBytes = export(table);
    float[] blockwise = prefill(table, shape.blockSize());
    byte[][] blockwiseBytes = export(table);
    return Arrays.equals(atOnce, blockwise) && Arrays.deepEquals(atOnceBytes, blockwiseBytes);
  }

  private float[] prefill(BlockTable table, int chunkTokens) {
    float[] logits = {};
    for (int done = 0; done < tokens.size(); done += chunkTokens) {
      Chunk chunk = new Chunk(done, done + chunkTokens, LARGEST_CHUNK_BLOCKS * shape.blockSize());
      logits = graph.step(chunk.prefillStep(tokens, table, shape.blockSize()))[0];
    }
    return logits;
  }

  private byte[][] export(BlockTable table) {
    byte[][] blocks = new byte[table.size()][];
    for (int index = 0; index < blocks.length; index++) {
      ByteBuffer block = graph.exportBlock(table.block(index));
      blocks[index] = new byte[block.remaining()];
      block.get(blocks[index]);
    }
    return blocks;
  }
}
