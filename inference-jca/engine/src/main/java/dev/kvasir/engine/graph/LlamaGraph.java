package dev.kvasir.engine.graph;

import dev.kvasir.engine.weights.LlamaConfig;
import dev.kvasir.engine.weights.WeightNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TNumber;

/**
 * LLaMA (Touvron et al., arXiv:2302.13971; grouped-query attention as in arXiv:2307.09288) with
 * paged attention (Kwon et al., arXiv:2309.06180). One graph of dynamic shape serves prefill,
 * decode and anything between.
 */
final class LlamaGraph<T extends TFloating> {
  /*
   * Letters in shapes: R = tokens of the step, B = rows (batch), T = R / B tokens per row, N = blocks of the longest
   * table, S = N * blockSize slots, H = query heads, K = K/V heads, G = H / K, D = headSize, E = hiddenSize,
   * F = intermediateSize. H, K, F and the vocabulary are those of a shard, where a shard is computed.
   *
   * The residual stream stays in the compute type; norms are computed in float32. A norm's weight is folded into the
   * columns of the projections behind it when weights are loaded (see WeightLoader), if the form does that; the final
   * norm keeps its own always, since a tied head is the embedding too.
   *
   * Eigen computes element-wise functions of several numbers at once (LANES at most) in another way than of those that
   * are left over at the end of a tensor. Wherever a tensor's rows are a multiple of that, no row's bits depend on how
   * many rows stand beside it; the norms' scale, one number a row, is therefore computed LANES times.
   *
   * TensorFlow computes equal operations once: what two products do to the input they share costs nothing more.
   *
   * RoPE is one product of queries and keys with a rotation matrix per position, instead of splits and joins; what it
   * costs is reading these matrices, hence once a layer.
   */

  private static final float MASKED = -1e30f; // exp() of it is exactly 0, in bf16 too

  final StepPlaceholders in;
  final Variables<T> variables;
  final Operand<TFloat32> logits; // (outputs, vocabulary)
  final List<List<Operand<T>>> values = new ArrayList<>(); // of each layer, its shards': (R, K, D)
  final Placeholder<TInt32> exportBlock; // (1)
  final Operand<T> exported; // (layers, 2K, blockSize, D)
  final Placeholder<TInt32> importBlocks; // (count)
  final Placeholder<T> importPayloads; // (count, layers, 2K, blockSize, D)
  final List<Op> imported;

  /** Numbers that Eigen computes at once, at most. */
  private static final int LANES = 16;

  private final Ops tf;
  private final Constants constants;
  private final Class<T> type;
  private final GraphShape shape;
  private final LlamaConfig model;
  private final Shards shards;
  private final KernelForm form;
  private final Kernels<T> kernels;
  private final PagedPool<T> pool;
  private final Operand<T> rotations; // (R, D, D)
  private final Operand<T> scale; // of scores
  private final Operand<TFloat32> epsilon; // (LANES)
  private final Operand<T> bias; // (B, 1, T*G, S)

  LlamaGraph(Graph graph, GraphShape shape, Class<T> type, KernelForm form) {
    this.tf = Ops.create(graph);
    this.type = type;
    this.shape = shape;
    this.form = form;
    this.model = shape.model();
    this.shards = shape.divided();
    this.constants = new Constants(tf);
    this.in = new StepPlaceholders(tf, constants);
    this.variables = new Variables<>(tf, type);
    this.kernels = Kernels.of(form, tf, variables);
    this.pool = new PagedPool<>(tf, constants, type, shape, in);
    this.rotations = rotations();
    this.scale = cast(tf.constant((float) (1 / Math.sqrt(model.headSize()))));
    this.epsilon = tf.constant(filled(LANES, model.rmsEpsilon()));
    this.bias = causalBias();
    this.logits = logits();
    this.exportBlock = tf.placeholder(TInt32.class, Placeholder.shape(shapeOf(1)));
    this.exported = pool.read(exportBlock);
    this.importBlocks = tf.placeholder(TInt32.class, Placeholder.shape(shapeOf(-1)));
    this.importPayloads = tf.placeholder(type, Placeholder.shape(pool.payloadsShape()));
    this.imported = pool.write(importBlocks, importPayloads);
  }

  private static org.tensorflow.ndarray.Shape shapeOf(long... sizes) {
    return org.tensorflow.ndarray.Shape.of(sizes);
  }

  private Operand<TFloat32> logits() {
    List<Operand<T>> x = parted(embedded()); // of each shard, (R, its part of E)
    for (int layer = 0; layer < model.layers(); layer++) {
      x = attention(layer, x);
      x = mlp(layer, x);
    }
    Operand<T> last =
        tf.gather(joined(tf, constants, x), in.logitRows(), constants.scalar(0)); // (outputs, E)
    Operand<TFloat32> normed = normalized(last, WeightNames.FINAL_NORM);
    List<Operand<TFloat32>> parts = new ArrayList<>();
    for (int shard = 0; shard < shards.count(); shard++) {
      parts.add(toFloat(kernels.linear(normed, shards.head(shard))));
    }
    return joined(tf, constants, parts);
  }

  private List<Operand<T>> parted(Operand<T> x) {
    int[] sizes = shards.hiddenSizes();
    return List.copyOf(
        tf.splitV(x, constants.vector(sizes), constants.scalar(1), (long) sizes.length).output());
  }

  /** Parts side by side in dimension 1. */
  static <N extends TNumber> Operand<N> joined(
      Ops tf, Constants constants, List<Operand<N>> parts) {
    return parts.size() == 1 ? parts.get(0) : tf.concat(parts, constants.scalar(1));
  }

  /** Each token's row of the shard that has it. */
  private Operand<T> embedded() {
    Operand<T> x = rows(0, in.tokens());
    for (int shard = 1; shard < shards.count(); shard++) {
      Operand<TInt32> first = constants.scalar(shards.firstToken(shard));
      Operand<TInt32> id = tf.math.maximum(tf.math.sub(in.tokens(), first), constants.scalar(0));
      Operand<TBool> here = tf.math.greaterEqual(in.tokens(), first);
      x = tf.select(tf.expandDims(here, constants.scalar(1)), rows(shard, id), x);
    }
    return x;
  }

  private Operand<T> rows(int shard, Operand<TInt32> ids) {
    // not a resourceGather: after one, TensorFlow copies the whole variable wherever it is read
    Operand<T> embedding = variables.weight(shards.embedding(shard));
    int last = shards.firstToken(shard + 1) - shards.firstToken(shard) - 1;
    boolean othersFollow = shard + 1 < shards.count(); // else a token beyond is no token: it fails
    Operand<TInt32> known = othersFollow ? tf.math.minimum(ids, constants.scalar(last)) : ids;
    return tf.gather(embedding, known, constants.scalar(0));
  }

  private List<Operand<T>> attention(int layer, List<Operand<T>> x) {
    Operand<TFloat32> normed =
        projected(joined(tf, constants, x), WeightNames.attentionNorm(layer));
    pool.addLayer(variables);
    values.add(new ArrayList<>());
    List<Operand<T>> heads = new ArrayList<>();
    for (int shard = 0; shard < shards.attention(); shard++) {
      heads.add(heads(layer, shard, normed));
    }
    return added(x, joined(tf, constants, heads), shard -> shards.o(layer, shard));
  }

  /** What a block of the layer adds to the residual stream. */
  private List<Operand<T>> added(
      List<Operand<T>> x, Operand<T> inner, IntFunction<Projection> projection) {
    List<Operand<T>> sums = new ArrayList<>();
    for (int shard = 0; shard < shards.count(); shard++) {
      sums.add(kernels.linearAdd(inner, projection.apply(shard), x.get(shard)));
    }
    return sums;
  }

  /** What a shard's heads put out, (R, H*D). */
  private Operand<T> heads(int layer, int shard, Operand<TFloat32> normed) {
    int heads = shards.heads(shard);
    int kvHeads = shards.kvHeads(shard);
    int size = model.headSize();
    List<Operand<T>> turnedAndValue = // (R, (H+K)*D), (R, K*D)
        split(
            kernels.linear(normed, shards.qkv(layer, shard)),
            (heads + kvHeads) * size,
            kvHeads * size);
    Operand<T> turned = // (R, H+K, D)
        kernels.batchMatMul(
            tf.reshape(turnedAndValue.get(0), constants.vector(-1, heads + kvHeads, size)),
            rotations);
    List<Operand<T>> queryAndKey = split(turned, heads, kvHeads); // (R, H, D), (R, K, D)
    Operand<T> value = // (R, K, D)
        tf.reshape(turnedAndValue.get(1), constants.vector(-1, kvHeads, size));
    values.get(layer).add(value);
    PagedPool.KeysAndValues<T> cached =
        pool.writeThenRead(
            layer,
            shard,
            tf.concat(List.of(queryAndKey.get(1), value), constants.scalar(1)),
            in.dimensions(in.batch(), kvHeads, -1, size));
    return attend(queryAndKey.get(0), cached, kvHeads);
  }

  /** Two parts of a tensor, by their sizes in its dimension 1. */
  private List<Operand<T>> split(Operand<T> x, int first, int second) {
    Operand<TInt32> sizes = constants.vector(first, second);
    return List.copyOf(tf.splitV(x, sizes, constants.scalar(1), 2L).output());
  }

  private Operand<T> attend(Operand<T> query, PagedPool.KeysAndValues<T> cached, int kvHeads) {
    int group = shape.queriesPerKvHead();
    int size = model.headSize();
    Operand<TInt32> swapHeads = constants.vector(0, 2, 1, 3, 4);
    Operand<T> grouped =
        tf.reshape(query, in.dimensions(in.batch(), in.rowTokens(), kvHeads, group, size));
    Operand<T> byHead = // (B, K, T*G, D)
        tf.reshape(
            tf.linalg.transpose(grouped, swapHeads), in.dimensions(in.batch(), kvHeads, -1, size));
    Operand<T> scores = kernels.maskedScores(byHead, cached.keys(), scale, bias); // (B, K, T*G, S)
    Operand<T> weighted = // (B, K, T*G, D)
        kernels.batchMatMul(tf.nn.softmax(scores), cached.values());
    Operand<T> byToken =
        tf.linalg.transpose(
            tf.reshape(weighted, in.dimensions(in.batch(), kvHeads, in.rowTokens(), group, size)),
            swapHeads);
    return tf.reshape(byToken, constants.vector(-1, kvHeads * group * size)); // (R, H*D)
  }

  private List<Operand<T>> mlp(int layer, List<Operand<T>> x) {
    Operand<TFloat32> normed = projected(joined(tf, constants, x), WeightNames.mlpNorm(layer));
    List<Operand<T>> inner = new ArrayList<>();
    for (int shard = 0; shard < shards.count(); shard++) {
      inner.add(swiGlu(layer, shard, normed));
    }
    return added(x, joined(tf, constants, inner), shard -> shards.down(layer, shard));
  }

  /** The MLP's inside, (R, F): SwiGLU (Shazeer, arXiv:2002.05202). */
  private Operand<T> swiGlu(int layer, int shard, Operand<TFloat32> normed) {
    Operand<T> gate = kernels.linear(normed, shards.mlp(layer, "gate", shard));
    Operand<T> up = kernels.linear(normed, shards.mlp(layer, "up", shard));
    return tf.math.mul(tf.math.mul(gate, tf.math.sigmoid(gate)), up);
  }

  /** What the projections behind a norm are multiplied with. */
  private Operand<TFloat32> projected(Operand<T> x, String norm) {
    return form.foldsNorms() ? normalized(x) : normalized(x, norm);
  }

  private Operand<TFloat32> normalized(Operand<T> x, String norm) {
    return tf.math.mul(normalized(x), toFloat(variables.vector(norm, model.hiddenSize())));
  }

  /** x / rms(x), in float32: RMSNorm (Zhang and Sennrich, arXiv:1910.07467) without its weight. */
  private Operand<TFloat32> normalized(Operand<T> x) {
    Operand<TFloat32> wide = toFloat(x);
    Operand<TFloat32> meanSquare =
        tf.math.mean(tf.math.square(wide), constants.vector(-1), Mean.keepDims(true));
    Operand<TFloat32> repeated = // (R, LANES): never a number left over
        tf.math.rsqrt(tf.math.add(meanSquare, epsilon));
    Operand<TFloat32> scale = // (R, 1)
        tf.slice(repeated, constants.vector(0, 0), constants.vector(-1, 1));
    return tf.math.mul(wide, scale);
  }

  private Operand<T> rotations() {
    long size = model.headSize();
    var table = variables.rotations(shape.contextTokens(), size);
    return tf.resourceGather(table, in.positions(), type);
  }

  /** 0 where a slot's position is not after the query's, else {@link #MASKED}. */
  private Operand<T> causalBias() {
    int group = shape.queriesPerKvHead();
    Operand<TInt32> slots = tf.math.mul(in.blocks(), constants.scalar(shape.blockSize()));
    Operand<TInt32> slotPositions =
        tf.reshape(
            tf.range(constants.scalar(0), slots, constants.scalar(1)), in.dimensions(1, 1, slots));
    Operand<TInt32> queryPositions =
        tf.reshape(in.positions(), in.dimensions(in.batch(), in.rowTokens(), 1));
    Operand<TBool> visible = tf.math.lessEqual(slotPositions, queryPositions); // (B, T, S)
    Operand<T> perToken = cast(tf.select(visible, tf.constant(0f), tf.constant(MASKED)));
    Operand<T> perQuery = // (B, T, G, S)
        tf.tile(tf.expandDims(perToken, constants.scalar(2)), constants.vector(1, 1, group, 1));
    return tf.reshape(perQuery, in.dimensions(in.batch(), 1, -1, slots));
  }

  private static float[] filled(int size, float value) {
    float[] values = new float[size];
    Arrays.fill(values, value);
    return values;
  }

  private Operand<T> cast(Operand<TFloat32> x) {
    return tf.dtypes.cast(x, type);
  }

  private Operand<TFloat32> toFloat(Operand<T> x) {
    return tf.dtypes.cast(x, TFloat32.class);
  }
}
