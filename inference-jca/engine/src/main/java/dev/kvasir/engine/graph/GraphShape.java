package dev.kvasir.engine.graph;

import dev.kvasir.engine.weights.LlamaConfig;

/**
 * Sizes that a graph is built for.
 *
 * @param model shape of the model
 * @param contextTokens positions that RoPE knows
 * @param poolBlocks physical blocks
 * @param blockSize tokens per block
 */
public record GraphShape(LlamaConfig model, int contextTokens, int poolBlocks, int blockSize) {
  /** Query heads that share a K/V head. */
  int queriesPerKvHead() {
    return model.heads() / model.kvHeads();
  }

  /** Pool rows of a block: K and V of each head. */
  int rowsPerBlock() {
    return 2 * model.kvHeads();
  }
}
