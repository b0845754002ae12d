package dev.kvasir.cache;

import dev.kvasir.inference.BlockHash;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What operators and administrators see and do. Safe for all threads; an EJB business interface.
 *
 * <p>Whatever must ask grid or engine throws {@link
 * dev.kvasir.completion.CompletionFailedException} if that fails.
 */
public interface CacheAdmin {
  /** Counters and sizes of this node. */
  CacheStats stats();

  /** Policies that run beside the live one on this node. */
  ShadowReport shadows();

  /**
   * What policies would have hit at other budgets on this node's requests of the last hour; takes
   * seconds.
   *
   * @param policies at most {@link ShadowPolicy#MAX_SHADOWS}; their own budgets are left aside
   */
  WhatIf whatIf(List<ShadowPolicy> policies);

  /** The queue before this node's decode slots. */
  QueueStats queue();

  /** The settings in force, as this node last heard. */
  SettingsVersion settings();

  /** The settings in force, as the grid has them. */
  SettingsVersion latestSettings();

  /**
   * Changes the settings of all nodes, if those with the tag are still in force; {@link #settings}
   * here returns the new ones at once.
   *
   * @param who changes them, for the history
   * @param tag of the version that was changed
   */
  ChangeOutcome change(String who, String tag, CacheSettings settings);

  /**
   * Brings back the settings of an earlier version, as a change of its own; empty if it is not in
   * the history.
   */
  Optional<ChangeOutcome> revert(String who, String tag, long version);

  /** The last versions of the settings, the one in force first; some 200. */
  List<SettingsVersion> history();

  /**
   * Cached blocks, by hash.
   *
   * @param hashPrefix leading hexadecimal digits of the hash, or empty for all
   * @param after the block that those returned come after; null for the first
   * @param limit most blocks to return, 1 to 1,000
   */
  List<BlockInfo> blocks(String hashPrefix, @Nullable BlockHash after, int limit);

  /** Bytes of the grid's blocks by tenant, without backups; asks no other node. */
  Map<String, Long> bytesByTenant();

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

  /**
   * Why a request took from the cache what it took; asked of this node, then of all others.
   *
   * @param requestId of one of the last 10,000 requests of a node
   * @return empty if no node that answers knows it
   */
  Optional<Explanation> explain(String requestId);

  /** The nodes. */
  ClusterInfo cluster();
}
