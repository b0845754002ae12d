package dev.kvasir.engine.graph;

import dev.kvasir.engine.weights.LlamaConfig;
import dev.kvasir.engine.weights.WeightNames;
import java.util.List;

/**
 * Which part of each layer is computed by whom: tensor parallelism (Shoeybi et al., "Megatron-LM",
 * arXiv:1909.08053). A shard has some of the K/V heads with their query heads, some of the MLP's
 * width, some of the residual stream's and some of the vocabulary. Unlike there all matrices are
 * divided by what comes out of them, so that no sum is divided: the numbers are those of the whole
 * matrix.
 *
 * @param model shape of the model
 * @param count shards; attention has fewer where there are fewer K/V heads
 */
record Shards(LlamaConfig model, int count) {
  /** Shards of attention. */
  int attention() {
    return Math.min(count, model.kvHeads());
  }

  /** K/V heads of a shard of attention. */
  int kvHeads(int shard) {
    return firstKvHead(shard + 1) - firstKvHead(shard);
  }

  /** Query heads of a shard of attention. */
  int heads(int shard) {
    return kvHeads(shard) * queriesPerKvHead();
  }

  /** First token id of a shard of the vocabulary. */
  int firstToken(int shard) {
    return border(model.vocabularySize(), shard, count);
  }

  /** Queries, keys and values below each other. */
  Projection qkv(int layer, int shard) {
    long queries = (long) queriesPerKvHead() * model.headSize();
    return stacked(
        WeightNames.attention(layer, "qkv"),
        shard,
        model.hiddenSize(),
        List.of(
            heads(layer, "q", shard, queries),
            heads(layer, "k", shard, model.headSize()),
            heads(layer, "v", shard, model.headSize())));
  }

  private TensorPart heads(int layer, String projection, int shard, long rowsPerKvHead) {
    return new TensorPart(
        WeightNames.attention(layer, projection),
        firstKvHead(shard) * rowsPerKvHead,
        firstKvHead(shard + 1) * rowsPerKvHead);
  }

  /** From all heads' outputs back to the shard's part of the residual stream. */
  Projection o(int layer, int shard) {
    String tensor = WeightNames.attention(layer, "o");
    return residual(tensor, shard, (long) model.heads() * model.headSize());
  }

  /** The MLP's gate or up. */
  Projection mlp(int layer, String projection, int shard) {
    String tensor = WeightNames.mlp(layer, projection);
    TensorPart rows = new TensorPart(tensor, firstInner(shard), firstInner(shard + 1));
    return stacked(tensor, shard, model.hiddenSize(), List.of(rows));
  }

  /** The MLP's way back to the shard's part of the residual stream. */
  Projection down(int layer, int shard) {
    return residual(WeightNames.mlp(layer, "down"), shard, model.intermediateSize());
  }

  /** Widths of the shards' parts of the residual stream. */
  int[] hiddenSizes() {
    int[] sizes = new int[count];
    for (int shard = 0; shard < count; shard++) {
      sizes[shard] = firstHidden(shard + 1) - firstHidden(shard);
    }
    return sizes;
  }

  private Projection residual(String tensor, int shard, long in) {
    TensorPart rows = new TensorPart(tensor, firstHidden(shard), firstHidden(shard + 1));
    return stacked(tensor, shard, in, List.of(rows));
  }

  /** Embeddings of the shard's tokens. */
  Projection embedding(int shard) {
    return vocabulary(WeightNames.EMBEDDING, shard);
  }

  /** The output head of the shard's tokens; a tied one is the embedding. */
  Projection head(int shard) {
    return vocabulary(model.tiedEmbeddings() ? WeightNames.EMBEDDING : WeightNames.HEAD, shard);
  }

  private Projection vocabulary(String tensor, int shard) {
    TensorPart rows = new TensorPart(tensor, firstToken(shard), firstToken(shard + 1));
    return stacked(tensor, shard, model.hiddenSize(), List.of(rows));
  }

  private Projection stacked(String name, int shard, long in, List<TensorPart> parts) {
    long rows = parts.stream().mapToLong(part -> part.to() - part.from()).sum();
    return new Projection(name + "#" + shard, rows, in, parts);
  }

  private int queriesPerKvHead() {
    return model.heads() / model.kvHeads();
  }

  private int firstKvHead(int shard) {
    return border(model.kvHeads(), shard, attention());
  }

  private int firstHidden(int shard) {
    return border(model.hiddenSize(), shard, count);
  }

  private int firstInner(int shard) {
    return border(model.intermediateSize(), shard, count);
  }

  /** Where a shard begins; the first ones are the larger. */
  private static int border(int size, int shard, int shards) {
    return Math.toIntExact(((long) size * shard + shards - 1) / shards);
  }
}
