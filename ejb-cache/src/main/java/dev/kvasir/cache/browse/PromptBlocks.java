package dev.kvasir.cache.browse;

import dev.kvasir.inference.BlockHash;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which blocks of a prompt are cached.
 *
 * @param tokens of the prompt
 * @param wholeBlocks of the prompt; only such are cached
 * @param gridBlocks leading blocks that the grid has
 * @param poolBlocks leading blocks that this node's engine pool has
 * @param diskBlocks blocks that lie on some node's disk
 * @param last of the grid's leading blocks; null if there is none
 * @param path to the last; its last run may go on behind that
 */
public record PromptBlocks(
    int tokens,
    int wholeBlocks,
    int gridBlocks,
    int poolBlocks,
    int diskBlocks,
    @Nullable BlockHash last,
    List<BlockRun> path) {
  public PromptBlocks {
    path = List.copyOf(path);
  }
}
