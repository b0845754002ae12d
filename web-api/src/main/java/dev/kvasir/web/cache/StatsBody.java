package dev.kvasir.web.cache;

import dev.kvasir.cache.CacheStats;
import dev.kvasir.cache.GridStats;
import dev.kvasir.cache.PublishCounts;
import dev.kvasir.cache.QueueStats;
import dev.kvasir.cache.RecomputeChecks;
import dev.kvasir.cache.Source;
import dev.kvasir.cache.TierStats;
import dev.kvasir.cache.TokenCounts;
import dev.kvasir.inference.BlockPoolStats;
import dev.kvasir.inference.EngineStats;
import dev.kvasir.inference.IdleStats;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counters and sizes of the node that answers; they mean what {@link CacheStats} and {@link
 * QueueStats} say.
 */
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
  "disk",
  "pool",
  "engine",
  "queue",
  "circuit",
  "ttftMs",
  "recomputeChecks"
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
    Disk disk,
    Pool pool,
    Schedule engine,
    Queue queue,
    String circuit,
    FirstToken ttftMs,
    Recomputes recomputeChecks) {

  /** Completions that looked a prefix up. */
  @JsonbPropertyOrder({"total", "hit"})
  public record Requests(long total, long hit) {}

  /** Prompt tokens by where their K/V came from; the hit rate is a share of tokens, 0..1. */
  @JsonbPropertyOrder({"prompt", "pool", "near", "local", "remote", "disk", "computed", "hitRate"})
  public record Tokens(
      long prompt,
      long pool,
      long near,
      long local,
      long remote,
      long disk,
      long computed,
      double hitRate) {}

  /** Blocks on their way into the grid. */
  @JsonbPropertyOrder({
    "published",
    "skipped",
    "dropped",
    "failed",
    "queued",
    "refused",
    "overQuota"
  })
  public record Publish(
      long published,
      long skipped,
      long dropped,
      long failed,
      int queued,
      Map<String, Long> refused,
      Map<String, Long> overQuota) {}

  /** What the grid holds: all members, and here. */
  @JsonbPropertyOrder({"blocks", "bytes", "ownedBytes", "backupBytes"})
  public record Grid(long blocks, long bytes, long ownedBytes, long backupBytes) {}

  /** The near cache. */
  @JsonbPropertyOrder({"entries", "bytes", "capacity", "evictions"})
  public record Near(long entries, long bytes, long capacity, long evictions) {}

  /** This node's disk; events by their names. */
  @JsonbPropertyOrder({"state", "reason", "blocks", "bytes", "budgetBytes", "events"})
  public record Disk(
      String state,
      String reason,
      long blocks,
      long bytes,
      long budgetBytes,
      Map<String, Long> events) {}

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

  /** The engine's schedule. */
  @JsonbPropertyOrder({
    "waiting",
    "running",
    "preempted",
    "preemptions",
    "decodeSteps",
    "decodedRows",
    "draftedTokens",
    "acceptedTokens",
    "idle"
  })
  public record Schedule(
      int waiting,
      int running,
      int preempted,
      long preemptions,
      long decodeSteps,
      long decodedRows,
      long draftedTokens,
      long acceptedTokens,
      Idle idle) {}

  /** Answers that are prefilled for others while nobody waits. */
  @JsonbPropertyOrder({"waitingBlocks", "computedTokens", "sharedBlocks", "droppedBlocks"})
  public record Idle(
      int waitingBlocks, long computedTokens, long sharedBlocks, long droppedBlocks) {}

  /** Requests before the decode slots, and in them. */
  @JsonbPropertyOrder({"high", "normal", "low", "running", "slots"})
  public record Queue(int high, int normal, int low, int running, int slots) {}

  /** Time to first token of the last requests. */
  @JsonbPropertyOrder({"hitP50", "hitP99", "missP50", "missP99"})
  public record FirstToken(double hitP50, double hitP99, double missP50, double missP99) {}

  /** How right the recompute estimate was. */
  @JsonbPropertyOrder({"within", "beyond", "first", "dropped", "errorP50", "errorP90"})
  public record Recomputes(
      long within, long beyond, long first, long dropped, double errorP50, double errorP90) {}

  static StatsBody of(CacheStats stats, QueueStats queue) {
    return new StatsBody(
        stats.node(),
        new Requests(stats.requests().total(), stats.requests().hits()),
        tokens(stats.tokens()),
        stats.requests().missReasons(),
        publish(stats.publishing()),
        stats.grid().evictions(),
        stats.grid().reconciled(),
        grid(stats.grid().held()),
        near(stats.grid().near()),
        disk(stats.disk()),
        pool(stats.pool()),
        schedule(stats.engine()),
        queue(queue),
        stats.circuit(),
        firstToken(stats.timing()),
        recomputes(stats.recomputes()));
  }

  private static Tokens tokens(TokenCounts tokens) {
    return new Tokens(
        tokens.prompt(),
        tokens.of(Source.POOL),
        tokens.of(Source.NEAR),
        tokens.of(Source.LOCAL),
        tokens.of(Source.REMOTE),
        tokens.of(Source.DISK),
        tokens.computed(),
        tokens.hitRate());
  }

  private static Publish publish(PublishCounts blocks) {
    return new Publish(
        blocks.published(),
        blocks.skipped(),
        blocks.dropped(),
        blocks.failed(),
        blocks.queued(),
        blocks.refused(),
        blocks.overQuota());
  }

  private static Grid grid(GridStats.Held held) {
    return new Grid(held.blocks(), held.bytes(), held.ownedBytes(), held.backupBytes());
  }

  private static Near near(GridStats.Near near) {
    return new Near(near.entries(), near.bytes(), near.capacity(), near.evictions());
  }

  private static Disk disk(TierStats disk) {
    Map<String, Long> events = new TreeMap<>();
    disk.events().forEach((event, blocks) -> events.put(event.label(), blocks));
    return new Disk(
        disk.state().name().toLowerCase(Locale.ROOT),
        disk.reason(),
        disk.blocks(),
        disk.bytes(),
        disk.budgetBytes(),
        events);
  }

  private static Pool pool(BlockPoolStats pool) {
    return new Pool(
        pool.capacityBlocks(),
        pool.usedBlocks(),
        pool.cachedBlocks(),
        pool.evictedBlocks(),
        pool.blockBytes());
  }

  private static Schedule schedule(EngineStats engine) {
    return new Schedule(
        engine.waiting(),
        engine.running(),
        engine.preempted(),
        engine.preemptions(),
        engine.decodeSteps(),
        engine.decodedRows(),
        engine.draftedTokens(),
        engine.acceptedTokens(),
        idle(engine.idle()));
  }

  private static Idle idle(IdleStats idle) {
    return new Idle(
        idle.waitingBlocks(), idle.computedTokens(), idle.sharedBlocks(), idle.droppedBlocks());
  }

  private static Queue queue(QueueStats queue) {
    return new Queue(queue.high(), queue.normal(), queue.low(), queue.running(), queue.slots());
  }

  private static FirstToken firstToken(CacheStats.Timing timing) {
    return new FirstToken(
        timing.hitTtftP50(), timing.hitTtftP99(), timing.missTtftP50(), timing.missTtftP99());
  }

  private static Recomputes recomputes(RecomputeChecks checks) {
    return new Recomputes(
        checks.within(),
        checks.beyond(),
        checks.first(),
        checks.dropped(),
        checks.errorP50(),
        checks.errorP90());
  }
}
