package dev.kvasir.engine.graph;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Split;
import org.tensorflow.op.core.Stack;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** The K/V pool: one variable per layer, written and read through block ids. */
final class PagedPool<T extends TFloating> {
  /*
   * A layer's variable has rows ((block * 2 + kv) * kvHeads + head) of (blockSize, headSize). One gather with the indices
   * (2, batch, kvHeads, blocks) then gives K and V as (batch, kvHeads, slots, headSize), contiguous, without transposes;
   * and a block's rows, layer after layer, are the payload of a KvBlock as they stand.
   *
   * Writes and reads of a step are ordered by a control dependency: a token attends to itself.
   */

  /** K and V of a step, (batch, kvHeads, slots, headSize) each. */
  record KeysAndValues<T extends TFloating>(Operand<T> keys, Operand<T> values) {}

  private final Ops tf;
  private final Class<T> type;
  private final GraphShape shape;
  private final List<VarHandleOp> layers = new ArrayList<>();
  private final Operand<TInt32> blockTables; // (batch, blocks)
  private final Operand<TInt32> writeIndices; // (tokens, rowsPerBlock, 2): row, slot
  private final Operand<TInt32> readIndices; // (2, batch, kvHeads, blocks)

  PagedPool(Ops tf, Class<T> type, GraphShape shape, StepPlaceholders in) {
    this.tf = tf;
    this.type = type;
    this.shape = shape;
    this.blockTables = in.blockTables();
    this.writeIndices = writeIndices(in.writeBlocks(), in.writeOffsets());
    this.readIndices = readIndices(in);
  }

  /** Adds the pool of the next layer that owns K/V. */
  void addLayer(Variables<T> variables) {
    int layer = layers.size();
    layers.add(
        variables.pool(
            "pool." + layer,
            (long) shape.poolBlocks() * shape.rowsPerBlock(),
            shape.blockSize(),
            shape.model().headSize()));
  }

  /**
   * Writes the step's K/V into a layer's pool, then reads all that the block tables name.
   *
   * @param newRows (tokens, rowsPerBlock, headSize), K heads before V heads
   */
  KeysAndValues<T> writeThenRead(int layer, Operand<T> newRows, Operand<TInt32> slotsShape) {
    VarHandleOp pool = layers.get(layer);
    Op written = tf.resourceScatterNdUpdate(pool, writeIndices, newRows);
    Operand<T> both = // (2, batch, kvHeads, blocks, blockSize, headSize)
        tf.withControlDependencies(List.of(written)).resourceGather(pool, readIndices, type);
    Split<T> halves = tf.split(tf.constant(0), both, 2L);
    return new KeysAndValues<>(
        tf.reshape(halves.output().get(0), slotsShape),
        tf.reshape(halves.output().get(1), slotsShape));
  }

  /**
   * Reads one block of all layers.
   *
   * @param block (1) block id
   * @return (layers, rowsPerBlock, blockSize, headSize)
   */
  Operand<T> read(Operand<TInt32> block) {
    List<Operand<T>> parts = new ArrayList<>();
    Operand<TInt32> rows = tf.reshape(rowsOf(block), tf.constant(new int[] {-1}));
    for (VarHandleOp pool : layers) {
      parts.add(tf.resourceGather(pool, rows, type));
    }
    return tf.stack(parts, Stack.axis(0L));
  }

  /**
   * Writes whole blocks of all layers.
   *
   * @param blocks (count) block ids
   * @param payloads (count, layers, rowsPerBlock, blockSize, headSize)
   */
  List<Op> write(Operand<TInt32> blocks, Placeholder<T> payloads) {
    Operand<TInt32> rows = tf.reshape(rowsOf(blocks), tf.constant(new int[] {-1}));
    Operand<TInt32> rowShape =
        tf.constant(new int[] {-1, shape.blockSize(), shape.model().headSize()});
    Unstack<T> perLayer = tf.unstack(payloads, (long) layers.size(), Unstack.axis(1L));
    List<Op> writes = new ArrayList<>();
    for (int layer = 0; layer < layers.size(); layer++) {
      Operand<T> updates = tf.reshape(perLayer.output().get(layer), rowShape);
      writes.add(tf.resourceScatterUpdate(layers.get(layer), rows, updates));
    }
    return writes;
  }

  /** Shape of the payloads of {@link #write}. */
  Shape payloadsShape() {
    return Shape.of(
        Shape.UNKNOWN_SIZE,
        shape.model().layers(),
        shape.rowsPerBlock(),
        shape.blockSize(),
        shape.model().headSize());
  }

  private Operand<TInt32> rowsOf(Operand<TInt32> blocks) { // (count, rowsPerBlock)
    int[] offsets = new int[shape.rowsPerBlock()];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = i;
    }
    Operand<TInt32> first = tf.math.mul(blocks, tf.constant(shape.rowsPerBlock()));
    return tf.math.add(tf.expandDims(first, tf.constant(1)), tf.constant(offsets));
  }

  private Operand<TInt32> writeIndices(Operand<TInt32> blocks, Operand<TInt32> offsets) {
    Operand<TInt32> rows = rowsOf(blocks); // (tokens, rowsPerBlock)
    Operand<TInt32> slots = tf.math.add(tf.expandDims(offsets, tf.constant(1)), tf.zerosLike(rows));
    return tf.stack(List.of(rows, slots), Stack.axis(2L));
  }

  private Operand<TInt32> readIndices(StepPlaceholders in) {
    int kvHeads = shape.model().kvHeads();
    int[][][][] heads = new int[2][1][kvHeads][1];
    for (int kv = 0; kv < 2; kv++) {
      for (int head = 0; head < kvHeads; head++) {
        heads[kv][0][head][0] = kv * kvHeads + head;
      }
    }
    Operand<TInt32> first = tf.math.mul(blockTables, tf.constant(shape.rowsPerBlock()));
    Operand<TInt32> placed = // (1, batch, 1, blocks)
        tf.reshape(first, in.dimensions(1, in.batch(), 1, in.blocks()));
    return tf.math.add(placed, tf.constant(org.tensorflow.ndarray.StdArrays.ndCopyOf(heads)));
  }
}
