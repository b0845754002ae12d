package dev.kvasir.cache;

import dev.kvasir.inference.BlockHash;
import java.util.List;

/**
 * What operators and administrators see and do. Safe for all threads; an EJB business interface.
 *
 * <p>Whatever must ask grid or engine throws {@link
 * dev.kvasir.completion.CompletionFailedException} if that fails.
 */
public interface CacheAdmin {
  /** Counters and sizes of this node. */
  CacheStats stats();

  /** The queue before this node's decode slots. */
  QueueStats queue();

  /** The settings in force. */
  CacheSettings settings();

  /** Changes the settings of all nodes; {@link #settings} here returns the new ones at once. */
  void change(CacheSettings settings);

  /**
   * Cached blocks, by hash.
   *
   * @param hashPrefix leading hexadecimal digits of the hash, or empty for all
   * @param limit most blocks to return, 1 to 1,000
   */
  List<BlockInfo> blocks(String hashPrefix, int limit);

  /** Empties what is said; returns how many blocks left. */
  long clear(ClearScope scope);

  /**
   * Keeps the cached blocks of a text from eviction, on all nodes.
   *
   * @param tenant whose blocks
   * @param text as it stands at the start of the rendered prompt
   * @return how many cached blocks are pinned by this, and what to know if none is
   */
  PinOutcome pin(String tenant, String text);

  /**
   * Keeps a block and those before it from eviction; returns how many blocks are pinned by this.
   */
  int pin(BlockHash hash);

  /** Lets a block, and those that follow it, be evicted again; returns how many. */
  int unpin(BlockHash hash);

  /** The nodes. */
  ClusterInfo cluster();
}
