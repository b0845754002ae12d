package dev.kvasir.engine.graph;

import dev.kvasir.engine.weights.LlamaConfig;
import dev.kvasir.engine.weights.NumberType;

/**
 * Sizes that a graph is built for.
 *
 * @param model shape of the model
 * @param contextTokens positions that RoPE knows
 * @param poolBlocks physical blocks
 * @param blockSize tokens per block
 * @param shards parts of each layer that are computed at the same time
 */
public record GraphShape(
    LlamaConfig model, int contextTokens, int poolBlocks, int blockSize, int shards) {
  /** With as many shards as pay on this machine's processors. */
  public GraphShape(LlamaConfig model, int contextTokens, int poolBlocks, int blockSize) {
    this(model, contextTokens, poolBlocks, blockSize, SessionOptions.SHARDS);
  }

  /** The model, divided. */
  Shards divided() {
    return new Shards(model, shards);
  }

  /** Query heads that share a K/V head. */
  int queriesPerKvHead() {
    return model.heads() / model.kvHeads();
  }

  /** Pool rows of a block: K and V of each head. */
  int rowsPerBlock() {
    return 2 * model.kvHeads();
  }

  /** Bytes of a block's K/V in all layers. */
  long blockBytes(NumberType numbers) {
    return blockBytes(model, blockSize, numbers);
  }

  /** Likewise, of blocks of so many tokens. */
  public static long blockBytes(LlamaConfig model, int blockSize, NumberType numbers) {
    return 2L * model.layers() * model.kvHeads() * blockSize * model.headSize() * numbers.bytes();
  }
}
