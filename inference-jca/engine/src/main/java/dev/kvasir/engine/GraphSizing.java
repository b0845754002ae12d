package dev.kvasir.engine;

import dev.kvasir.engine.EngineConfig.Device;
import dev.kvasir.engine.graph.GraphShape;
import dev.kvasir.engine.graph.PagedGraph;
import dev.kvasir.engine.paged.BlockTable;
import dev.kvasir.engine.weights.LlamaConfig;
import dev.kvasir.engine.weights.ModelLoadException;
import dev.kvasir.engine.weights.NumberType;

/** How much context and pool an engine gets: what was asked for, or defaults. */
final class GraphSizing {
  /** Context where none is asked for: RoPE's matrices take memory for each position. */
  private static final int DEFAULT_CONTEXT_TOKENS = 8_192;

  /** Tokens of the pool where no size is asked for: 16 sequences of 2,048. */
  private static final int DEFAULT_POOL_TOKENS = 16 * 2_048;

  /** What padding needs, and two to share a prefix with. */
  private static final int MIN_POOL_BLOCKS = PagedGraph.FIRST_BLOCK + 2;

  /** Books are kept of each block, in arrays. */
  private static final int MAX_POOL_BLOCKS = 1 << 24;

  private GraphSizing() {}

  static GraphShape of(LlamaConfig model, EngineConfig config, NumberType numbers) {
    int context = contextTokens(model, config);
    int blocks = poolBlocks(config, GraphShape.blockBytes(model, BlockTable.BLOCK_SIZE, numbers));
    return config.device() == Device.GPU
        ? new GraphShape(model, context, blocks, BlockTable.BLOCK_SIZE, 1)
        : new GraphShape(model, context, blocks, BlockTable.BLOCK_SIZE);
  }

  private static int contextTokens(LlamaConfig model, EngineConfig config) {
    if (config.contextTokens() > model.contextTokens()) {
      throw new ModelLoadException(
          "a context of %d tokens was asked for, but %s has at most %d"
              .formatted(config.contextTokens(), model.id(), model.contextTokens()));
    }
    return config.contextTokens() > 0
        ? config.contextTokens()
        : Math.min(model.contextTokens(), DEFAULT_CONTEXT_TOKENS);
  }

  private static int poolBlocks(EngineConfig config, long blockBytes) {
    long blocks =
        config.poolMib() > 0
            ? ((long) config.poolMib() << 20) / blockBytes
            : DEFAULT_POOL_TOKENS / BlockTable.BLOCK_SIZE + PagedGraph.FIRST_BLOCK;
    if (blocks < MIN_POOL_BLOCKS) {
      throw new ModelLoadException(
          "a pool of %d MiB holds %d blocks of %d bytes, but at least %d are needed: %d MiB or more"
              .formatted(
                  config.poolMib(),
                  blocks,
                  blockBytes,
                  MIN_POOL_BLOCKS,
                  ((MIN_POOL_BLOCKS * blockBytes) >> 20) + 1));
    }
    if (blocks > MAX_POOL_BLOCKS) {
      throw new ModelLoadException(
          "a pool of %d MiB holds %d blocks of %d bytes, but at most %d have a number: %d MiB or less"
              .formatted(
                  config.poolMib(),
                  blocks,
                  blockBytes,
                  MAX_POOL_BLOCKS,
                  (MAX_POOL_BLOCKS * blockBytes) >> 20));
    }
    return (int) blocks;
  }
}
