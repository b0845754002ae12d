package dev.kvasir.engine.schedule;

import dev.kvasir.engine.graph.PagedGraph;
import dev.kvasir.engine.graph.StepInput;
import dev.kvasir.inference.InferenceException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A graph of arithmetic: a slot's K/V is a number made of its token, its position and whether
 * decode or prefill wrote it; the next token follows from all slots up to a row's position. Whoever
 * reads a wrong slot, or one written the other way, goes on with other tokens.
 */
final class TestingGraph implements PagedGraph {
  static final int BLOCK = 4;
  static final int VOCABULARY = 1_000;

  /** Few tokens come out, so that texts repeat themselves and drafts are sometimes right. */
  private static final int CHOICES = 3;

  /** A token whose K/V and logits are no numbers. */
  static final int POISON = 13;

  /** A token that the graph cannot compute. */
  static final int BREAKS = 14;

  private static final int DECODE_SALT = 7;

  private final double[][] slots; // (blocks, blockSize); NaN: no number
  boolean exportBreaks;
  int looks;
  final List<Integer> decodeRows = new ArrayList<>();
  final List<Integer> prefillRows = new ArrayList<>();

  TestingGraph(int blocks) {
    slots = new double[blocks][BLOCK];
  }

  @Override
  public float[][] step(StepInput step) {
    int batch = step.blockTables().length;
    int rowTokens = step.tokens().length / batch;
    (rowTokens == 1 ? decodeRows : prefillRows).add(step.tokens().length);
    for (int i = 0; i < step.tokens().length; i++) {
      if (step.tokens()[i] == BREAKS) {
        throw new InferenceException("planted: this token breaks the graph");
      }
      slots[step.writeBlocks()[i]][step.writeOffsets()[i]] =
          step.tokens()[i] == POISON
              ? Double.NaN
              : step.tokens()[i] * 31 + step.positions()[i] + (rowTokens == 1 ? DECODE_SALT : 0);
    }
    float[][] logits = new float[step.logitRows().length][];
    for (int row = 0; row < logits.length; row++) {
      int index = step.logitRows()[row];
      logits[row] = logits(step.blockTables()[index / rowTokens], step.positions()[index]);
    }
    return logits;
  }

  private float[] logits(int[] table, int position) {
    double sum = 0;
    for (int slot = 0; slot < table.length * BLOCK; slot++) {
      double value = slots[table[slot / BLOCK]][slot % BLOCK];
      sum = (sum + value * (slot <= position ? slot + 1 : 0)) % 1_000_003; // masked NaN stays NaN
    }
    float[] logits = new float[VOCABULARY];
    logits[100 + (int) sum % CHOICES] = Double.isNaN(sum) ? Float.NaN : 1;
    return logits;
  }

  @Override
  public float[][] values(StepInput step, int layer) {
    float[][] values = new float[step.tokens().length][];
    for (int i = 0; i < values.length; i++) {
      if (step.tokens()[i] == BREAKS) {
        throw new InferenceException("planted: this token breaks the graph");
      }
      values[i] = new float[] {step.tokens()[i] * 31 + step.positions()[i]};
    }
    looks++;
    return values;
  }

  @Override
  public ByteBuffer exportBlock(int blockId) {
    if (exportBreaks) {
      throw new InferenceException("planted: nothing can be copied out");
    }
    ByteBuffer bytes = ByteBuffer.allocate(BLOCK * Double.BYTES);
    bytes.asDoubleBuffer().put(slots[blockId]);
    return bytes;
  }

  @Override
  public void importBlocks(int[] blockIds, List<ByteBuffer> payloads) {
    for (int i = 0; i < blockIds.length; i++) {
      payloads.get(i).asDoubleBuffer().get(slots[blockIds[i]]);
      payloads.get(i).position(payloads.get(i).limit());
    }
  }
}
