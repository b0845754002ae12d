package dev.kvasir.cache.browse;

import dev.kvasir.inference.BlockHash;
import java.util.List;

/**
 * The way through the cached blocks of all nodes. Safe for all threads; an EJB business interface.
 *
 * <p>What it shows is at most a second old. It throws {@link
 * dev.kvasir.completion.CompletionFailedException} if grid or engine fail.
 */
public interface BlockBrowser {
  /** Runs that continue a block, or that prefixes begin with: those with most below them first. */
  RunPage runs(RunQuery query);

  /**
   * The runs on the way to a block, from the beginning of its prefix; empty if it is not cached.
   */
  List<BlockRun> path(BlockHash hash);

  /**
   * Which blocks of a text are cached, and where. The text is neither kept nor logged.
   *
   * @throws dev.kvasir.completion.CompletionRefusedException if the model cannot read it; says why
   */
  PromptBlocks find(PromptText text);

  /**
   * Takes a block and all that continue it out, on all nodes: the first {@link #MAX_REMOVED} of
   * them, leaves first. Nothing happens if one of them is pinned.
   */
  RemovedBranch remove(BlockHash hash, Leaving how);

  /** Most blocks that one call takes out. */
  int MAX_REMOVED = 20_000;
}
