package dev.kvasir.web.cache;

import dev.kvasir.cache.CacheStats;
import dev.kvasir.cache.Source;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.Map;

/** Counters and sizes of the node that answers; they mean what {@link CacheStats} says. */
@JsonbPropertyOrder({
  "node",
  "requests",
  "tokens",
  "missReasons",
  "publish",
  "evictions",
  "reconciled",
  "grid",
  "near",
  "pool",
  "circuit",
  "ttftMs"
})
public record StatsBody(
    String node,
    Requests requests,
    Tokens tokens,
    Map<String, Long> missReasons,
    Publish publish,
    Map<String, Long> evictions,
    long reconciled,
    Grid grid,
    Near near,
    Pool pool,
    String circuit,
    FirstToken ttftMs) {

  /** Completions that looked a prefix up. */
  @JsonbPropertyOrder({"total", "hit"})
  public record Requests(long total, long hit) {}

  /** Prompt tokens by where their K/V came from; the hit rate is a share of tokens, 0..1. */
  @JsonbPropertyOrder({"prompt", "pool", "near", "local", "remote", "computed", "hitRate"})
  public record Tokens(
      long prompt, long pool, long near, long local, long remote, long computed, double hitRate) {}

  /** Blocks on their way into the grid. */
  @JsonbPropertyOrder({"published", "skipped", "dropped", "failed", "queued"})
  public record Publish(long published, long skipped, long dropped, long failed, int queued) {}

  /** What the grid holds: all members, and here. */
  @JsonbPropertyOrder({"blocks", "bytes", "ownedBytes", "backupBytes"})
  public record Grid(long blocks, long bytes, long ownedBytes, long backupBytes) {}

  /** The near cache. */
  @JsonbPropertyOrder({"entries", "bytes", "capacity", "evictions"})
  public record Near(long entries, long bytes, long capacity, long evictions) {}

  /** The engine's pool. */
  @JsonbPropertyOrder({
    "capacityBlocks",
    "usedBlocks",
    "cachedBlocks",
    "evictedBlocks",
    "blockBytes"
  })
  public record Pool(
      int capacityBlocks, int usedBlocks, int cachedBlocks, long evictedBlocks, int blockBytes) {}

  /** Time to first token of the last requests. */
  @JsonbPropertyOrder({"hitP50", "hitP99", "missP50", "missP99"})
  public record FirstToken(double hitP50, double hitP99, double missP50, double missP99) {}

  static StatsBody of(CacheStats stats) {
    return new StatsBody(
        stats.node(),
        new Requests(stats.requests(), stats.hitRequests()),
        tokens(stats),
        stats.missReasons(),
        new Publish(
            stats.publishedBlocks(),
            stats.publishSkipped(),
            stats.publishDropped(),
            stats.publishFailed(),
            stats.publishQueued()),
        stats.evictions(),
        stats.reconciled(),
        new Grid(stats.gridBlocks(), stats.gridBytes(), stats.ownedBytes(), stats.backupBytes()),
        new Near(
            stats.nearEntries(), stats.nearBytes(), stats.nearCapacity(), stats.nearEvictions()),
        new Pool(
            stats.pool().capacityBlocks(),
            stats.pool().usedBlocks(),
            stats.pool().cachedBlocks(),
            stats.pool().evictedBlocks(),
            stats.pool().blockBytes()),
        stats.circuit(),
        new FirstToken(
            stats.timing().hitTtftP50(),
            stats.timing().hitTtftP99(),
            stats.timing().missTtftP50(),
            stats.timing().missTtftP99()));
  }

  private static Tokens tokens(CacheStats stats) {
    return new Tokens(
        stats.promptTokens(),
        stats.tokensBySource().getOrDefault(Source.POOL, 0L),
        stats.tokensBySource().getOrDefault(Source.NEAR, 0L),
        stats.tokensBySource().getOrDefault(Source.LOCAL, 0L),
        stats.tokensBySource().getOrDefault(Source.REMOTE, 0L),
        stats.computedTokens(),
        stats.tokenHitRate());
  }
}
