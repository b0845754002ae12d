package dev.kvasir.engine.graph;

import java.util.ArrayList;
import java.util.Arrays;
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

/**
 * The K/V pool: one variable per layer and shard of attention, written and read through block ids.
 */
final class PagedPool<T extends TFloating> {
  /*
   * A shard's variable has rows ((block * 2 + kv) * kvHeads + head) of (blockSize, headSize), kvHeads being the shard's.
   * One gather with the indices (2, batch, kvHeads, blocks) then gives K and V as (batch, kvHeads, slots, headSize),
   * contiguous, without transposes. In the payload of a KvBlock the K of all shards come before the V of all, layer
   * after layer, so that it says nothing of shards.
   *
   * Writes and reads of a step are ordered by a control dependency: a token attends to itself.
   */

  /** K and V of a step, (batch, kvHeads, slots, headSize) each. */
  record KeysAndValues<T extends TFloating>(Operand<T> keys, Operand<T> values) {}

  private final Ops tf;
  private final Constants constants;
  private final Class<T> type;
  private final GraphShape shape;
  private final Shards shards;
  private final List<List<VarHandleOp>> layers = new ArrayList<>(); // of each, its shards
  private final Operand<TInt32> blockTables; // (batch, blocks)
  private final List<Operand<TInt32>> writeIndices =
      new ArrayList<>(); // (tokens, 2K, 2): row, slot
  private final List<Operand<TInt32>> readIndices = new ArrayList<>(); // (2, batch, K, blocks)

  PagedPool(Ops tf, Constants constants, Class<T> type, GraphShape shape, StepPlaceholders in) {
    this.tf = tf;
    this.constants = constants;
    this.type = type;
    this.shape = shape;
    this.shards = shape.divided();
    this.blockTables = in.blockTables();
    for (int shard = 0; shard < shards.attention(); shard++) {
      int kvHeads = shards.kvHeads(shard);
      writeIndices.add(writeIndices(in.writeBlocks(), in.writeOffsets(), kvHeads));
      readIndices.add(readIndices(in, kvHeads));
    }
  }

  /** Adds the pool of the next layer that owns K/V. */
  void addLayer(Variables<T> variables) {
    List<VarHandleOp> parts = new ArrayList<>();
    for (int shard = 0; shard < shards.attention(); shard++) {
      parts.add(
          variables.pool(
              "pool." + layers.size() + "#" + shard,
              (long) shape.poolBlocks() * 2 * shards.kvHeads(shard),
              shape.blockSize(),
              shape.model().headSize()));
    }
    layers.add(parts);
  }

  /**
   * Writes the step's K/V into a shard's pool of a layer, then reads all that the block tables
   * name.
   *
   * @param newRows (tokens, 2K, headSize), K heads before V heads
   */
  KeysAndValues<T> writeThenRead(
      int layer, int shard, Operand<T> newRows, Operand<TInt32> slotsShape) {
    VarHandleOp pool = layers.get(layer).get(shard);
    Op written = tf.resourceScatterNdUpdate(pool, writeIndices.get(shard), newRows);
    Operand<T> both = // (2, batch, K, blocks, blockSize, headSize)
        tf.withControlDependencies(List.of(written))
            .resourceGather(pool, readIndices.get(shard), type);
    Split<T> halves = tf.split(constants.scalar(0), both, 2L);
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
    List<Operand<T>> perLayer = new ArrayList<>();
    for (List<VarHandleOp> parts : layers) {
      List<Operand<T>> perShard = new ArrayList<>();
      for (int shard = 0; shard < parts.size(); shard++) {
        Operand<T> rows = // (1, 2K, blockSize, headSize)
            tf.resourceGather(parts.get(shard), rowsOf(block, shards.kvHeads(shard)), type);
        perShard.add(tf.reshape(rows, headsShape(2, shards.kvHeads(shard))));
      }
      perLayer.add(
          tf.reshape(LlamaGraph.joined(tf, constants, perShard), headsShape(shape.rowsPerBlock())));
    }
    return tf.stack(perLayer, Stack.axis(0L));
  }

  /**
   * Writes whole blocks of all layers.
   *
   * @param blocks (count) block ids
   * @param payloads (count, layers, rowsPerBlock, blockSize, headSize)
   */
  List<Op> write(Operand<TInt32> blocks, Placeholder<T> payloads) {
    Unstack<T> perLayer = tf.unstack(payloads, (long) layers.size(), Unstack.axis(1L));
    List<Op> writes = new ArrayList<>();
    for (int layer = 0; layer < layers.size(); layer++) {
      List<Operand<T>> perShard = // (count, 2, K, blockSize, headSize)
          byShard(
              tf.reshape(perLayer.output().get(layer), headsShape(-1, 2, shape.model().kvHeads())));
      for (int shard = 0; shard < perShard.size(); shard++) {
        Operand<TInt32> rows = rowsOf(blocks, shards.kvHeads(shard));
        Operand<T> updates =
            tf.reshape(perShard.get(shard), headsShape(-1, 2 * shards.kvHeads(shard)));
        writes.add(tf.resourceScatterUpdate(layers.get(layer).get(shard), rows, updates));
      }
    }
    return writes;
  }

  private List<Operand<T>> byShard(Operand<T> heads) {
    int[] sizes = new int[shards.attention()];
    for (int shard = 0; shard < sizes.length; shard++) {
      sizes[shard] = shards.kvHeads(shard);
    }
    return List.copyOf(
        tf.splitV(heads, constants.vector(sizes), constants.scalar(2), (long) sizes.length)
            .output());
  }

  /** The given sizes, then those of a head of a block. */
  private Operand<TInt32> headsShape(int... leading) {
    int[] sizes = Arrays.copyOf(leading, leading.length + 2);
    sizes[leading.length] = shape.blockSize();
    sizes[leading.length + 1] = shape.model().headSize();
    return constants.vector(sizes);
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

  private Operand<TInt32> rowsOf(Operand<TInt32> blocks, int kvHeads) { // (count, 2K)
    int[] offsets = new int[2 * kvHeads];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = i;
    }
    Operand<TInt32> first = tf.math.mul(blocks, constants.scalar(2 * kvHeads));
    return tf.math.add(tf.expandDims(first, constants.scalar(1)), tf.constant(offsets));
  }

  private Operand<TInt32> writeIndices(
      Operand<TInt32> blocks, Operand<TInt32> offsets, int kvHeads) {
    Operand<TInt32> rows = rowsOf(blocks, kvHeads); // (tokens, 2K)
    Operand<TInt32> slots =
        tf.math.add(tf.expandDims(offsets, constants.scalar(1)), tf.zerosLike(rows));
    return tf.stack(List.of(rows, slots), Stack.axis(2L));
  }

  private Operand<TInt32> readIndices(StepPlaceholders in, int kvHeads) {
    int[][][][] heads = new int[2][1][kvHeads][1];
    for (int kv = 0; kv < 2; kv++) {
      for (int head = 0; head < kvHeads; head++) {
        heads[kv][0][head][0] = kv * kvHeads + head;
      }
    }
    Operand<TInt32> first = tf.math.mul(blockTables, constants.scalar(2 * kvHeads));
    Operand<TInt32> placed = // (1, batch, 1, blocks)
        tf.reshape(first, in.dimensions(1, in.batch(), 1, in.blocks()));
    return tf.math.add(placed, tf.constant(org.tensorflow.ndarray.StdArrays.ndCopyOf(heads)));
  }
}
