package dev.kvasir.cache.metrics;

import dev.kvasir.cache.CacheStats;
import dev.kvasir.cache.GridStats;
import dev.kvasir.cache.PublishCounts;
import dev.kvasir.cache.RecomputeChecks;
import dev.kvasir.cache.Source;
import dev.kvasir.cache.StoreOutcome;
import dev.kvasir.cache.TierEvent;
import dev.kvasir.cache.TierStats;
import dev.kvasir.cache.stats.CacheCounters;
import dev.kvasir.inference.EngineStats;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * The cache's counters and gauges. They are read from one snapshot of the statistics, taken by
 * {@link #refresh}, those of trouble from the node's counters at that moment; {@link Metric}
 * describes them.
 */
public final class CacheMetrics {
  /*
   * A Counter of MicroProfile can be raised, but not be read from a function. So the statistics
   * count, and refresh() raises each Counter by what its number grew since the last time. A number
   * that shrank began anew, as the engine's do when the adapter restarts: it counts from 0. A name
   * without "_total" stands here, since the exposition adds it.
   */
  private static final List<String> REFUSALS =
      Stream.concat(
              Arrays.stream(StoreOutcome.values())
                  .filter(StoreOutcome::isRefusal)
                  .map(StoreOutcome::label),
              Stream.of(PublishCounts.BEHIND_REFUSED))
          .toList();

  private final MetricRegistry registry;
  private final List<Growing> counters = new ArrayList<>();

  /** Written by refresh, read by gauges. */
  private volatile CacheStats stats;

  /**
   * Registers all metrics.
   *
   * @param registry of the application
   * @param first snapshot
   * @param trouble counts what became a miss
   */
  public CacheMetrics(MetricRegistry registry, CacheStats first, CacheCounters trouble) {
    this.registry = registry;
    stats = first;
    countRequests();
    countPublishing();
    countLeaving();
    countTrouble(trouble);
    countTier();
    gaugeGrid();
    gaugePool();
    gaugeEngine();
    meterRecomputes();
    refresh(first);
  }

  /** Takes over a new snapshot. */
  public synchronized void refresh(CacheStats snapshot) {
    stats = snapshot;
    counters.forEach(counter -> counter.catchUp(snapshot));
  }

  private void countRequests() {
    counter(Metric.LOOKUPS, snapshot -> snapshot.requests().total());
    counter(Metric.LOOKUP_HITS, snapshot -> snapshot.requests().hits());
    for (Source source : Source.values()) {
      counter(
          Metric.PROMPT_TOKENS,
          snapshot -> snapshot.tokens().of(source),
          new Tag("source", source.label()));
    }
    counter(
        Metric.PROMPT_TOKENS,
        snapshot -> snapshot.tokens().computed(),
        new Tag("source", "computed"));
    for (String reason : stats.requests().missReasons().keySet()) {
      counter(
          Metric.LOOKUP_OUTCOMES,
          snapshot -> snapshot.requests().missReasons().getOrDefault(reason, 0L),
          new Tag("reason", reason));
    }
  }

  private void countPublishing() {
    Map<Metric, ToLongFunction<PublishCounts>> results =
        Map.of(
            Metric.PUBLISHED_BLOCKS, PublishCounts::published,
            Metric.PUBLISH_SKIPPED, PublishCounts::skipped,
            Metric.PUBLISH_DROPPED, PublishCounts::dropped,
            Metric.PUBLISH_FAILED, PublishCounts::failed);
    results.forEach(
        (metric, value) -> counter(metric, snapshot -> value.applyAsLong(snapshot.publishing())));
    for (String reason : REFUSALS) {
      counter(
          Metric.PUBLISH_REFUSED,
          snapshot -> snapshot.publishing().refused().getOrDefault(reason, 0L),
          new Tag("reason", reason));
    }
    gauge(Metric.PUBLISH_QUEUE, snapshot -> snapshot.publishing().queued());
  }

  private void countLeaving() {
    for (String cause : List.of("policy", "removed", "expired", "lost")) {
      counter(
          Metric.EVICTIONS, snapshot -> snapshot.grid().evicted(cause), new Tag("cause", cause));
    }
    counter(Metric.NEAR_EVICTIONS, snapshot -> snapshot.grid().near().evictions());
    counter(Metric.INDEX_REPAIRS, snapshot -> snapshot.grid().reconciled());
  }

  private void countTrouble(CacheCounters trouble) {
    counter(Metric.BLOCKS_DISCARDED, snapshot -> trouble.discardedBlocks());
    counter(Metric.STORE_TROUBLES, snapshot -> trouble.storeTroubles());
    counter(Metric.EXPORT_TROUBLES, snapshot -> trouble.exportTroubles());
  }

  private void countTier() {
    Tag tier = new Tag("tier", Source.DISK.label());
    for (TierEvent event : TierEvent.values()) {
      counter(
          Metric.TIER_BLOCKS,
          snapshot -> snapshot.disk().of(event),
          tier,
          new Tag("event", event.label()));
    }
    gaugeTier(Metric.TIER_HELD_BLOCKS, TierStats::blocks);
    gaugeTier(Metric.TIER_HELD_BYTES, TierStats::bytes);
    gaugeTier(Metric.TIER_BUDGET_BYTES, TierStats::budgetBytes);
    gaugeTier(Metric.TIER_READY, snapshot -> snapshot.state() == TierStats.State.READY ? 1 : 0);
  }

  private void gaugeTier(Metric metric, ToLongFunction<TierStats> value) {
    registry.gauge(
        metric.metadata(),
        () -> value.applyAsLong(stats.disk()),
        new Tag("tier", Source.DISK.label()));
  }

  private void gaugeGrid() {
    gaugeHeld(Metric.GRID_BLOCKS, GridStats.Held::blocks);
    gaugeHeld(Metric.GRID_BYTES, GridStats.Held::bytes);
    gaugeHeld(Metric.OWNED_BYTES, GridStats.Held::ownedBytes);
    gaugeHeld(Metric.BACKUP_BYTES, GridStats.Held::backupBytes);
    gaugeNear(Metric.NEAR_BLOCKS, GridStats.Near::entries);
    gaugeNear(Metric.NEAR_BYTES, GridStats.Near::bytes);
    gaugeNear(Metric.NEAR_CAPACITY, GridStats.Near::capacity);
    gauge(
        Metric.CIRCUIT_OPEN,
        snapshot ->
            switch (snapshot.circuit()) {
              case "open" -> 1;
              case "half_open" -> 0.5;
              default -> 0;
            });
  }

  private void gaugePool() {
    gauge(Metric.POOL_BLOCKS, snapshot -> snapshot.pool().capacityBlocks());
    gauge(Metric.POOL_USED, snapshot -> snapshot.pool().usedBlocks());
    gauge(Metric.POOL_CACHED, snapshot -> snapshot.pool().cachedBlocks());
    gauge(Metric.POOL_BLOCK_BYTES, snapshot -> snapshot.pool().blockBytes());
    counter(Metric.POOL_EVICTIONS, snapshot -> snapshot.pool().evictedBlocks());
  }

  private void gaugeEngine() {
    gaugeSequences("waiting", EngineStats::waiting);
    gaugeSequences("running", EngineStats::running);
    gaugeSequences("preempted", EngineStats::preempted);
    countEngine(Metric.PREEMPTIONS, EngineStats::preemptions);
    countEngine(Metric.DECODE_STEPS, EngineStats::decodeSteps);
    countEngine(Metric.DECODED_ROWS, EngineStats::decodedRows);
    countEngine(Metric.DRAFT_TOKENS, EngineStats::draftedTokens);
    countEngine(Metric.DRAFT_TOKENS_ACCEPTED, EngineStats::acceptedTokens);
    gaugeIdle();
  }

  private void gaugeIdle() {
    countEngine(Metric.IDLE_PREFILL_TOKENS, engine -> engine.idle().computedTokens());
    counter(
        Metric.IDLE_PREFILL_BLOCKS,
        snapshot -> snapshot.engine().idle().sharedBlocks(),
        new Tag("result", "shared"));
    counter(
        Metric.IDLE_PREFILL_BLOCKS,
        snapshot -> snapshot.engine().idle().droppedBlocks(),
        new Tag("result", "dropped"));
    gauge(Metric.IDLE_PREFILL_QUEUE, snapshot -> snapshot.engine().idle().waitingBlocks());
  }

  private void meterRecomputes() {
    Map<String, ToLongFunction<RecomputeChecks>> results =
        Map.of(
            "within", RecomputeChecks::within,
            "beyond", RecomputeChecks::beyond,
            "first", RecomputeChecks::first,
            "dropped", RecomputeChecks::dropped);
    results.forEach(
        (result, value) ->
            counter(
                Metric.RECOMPUTE_CHECKS,
                snapshot -> value.applyAsLong(snapshot.recomputes()),
                new Tag("result", result)));
    gaugeError("p50", RecomputeChecks::errorP50);
    gaugeError("p90", RecomputeChecks::errorP90);
  }

  private void gaugeError(String rank, ToDoubleFunction<RecomputeChecks> value) {
    registry.gauge(
        Metric.RECOMPUTE_ERROR.metadata(),
        () -> value.applyAsDouble(stats.recomputes()),
        new Tag("rank", rank));
  }

  private void gaugeSequences(String state, ToLongFunction<EngineStats> value) {
    registry.gauge(
        Metric.SEQUENCES.metadata(),
        () -> value.applyAsLong(stats.engine()),
        new Tag("state", state));
  }

  private void countEngine(Metric metric, ToLongFunction<EngineStats> value) {
    counter(metric, snapshot -> value.applyAsLong(snapshot.engine()));
  }

  private void counter(Metric metric, ToLongFunction<CacheStats> value, Tag... tags) {
    counters.add(new Growing(registry.counter(metric.metadata(), tags), value));
  }

  private void gauge(Metric metric, ToDoubleFunction<CacheStats> value) {
    registry.gauge(metric.metadata(), () -> value.applyAsDouble(stats));
  }

  private void gaugeHeld(Metric metric, ToLongFunction<GridStats.Held> value) {
    gauge(metric, snapshot -> value.applyAsLong(snapshot.grid().held()));
  }

  private void gaugeNear(Metric metric, ToLongFunction<GridStats.Near> value) {
    gauge(metric, snapshot -> value.applyAsLong(snapshot.grid().near()));
  }

  /** A counter that follows a number. Under the lock of refresh. */
  private static final class Growing {
    private final Counter counter;
    private final ToLongFunction<CacheStats> value;
    private long last;

    Growing(Counter counter, ToLongFunction<CacheStats> value) {
      this.counter = counter;
      this.value = value;
    }

    void catchUp(CacheStats snapshot) {
      long now = value.applyAsLong(snapshot);
      counter.inc(now < last ? now : now - last);
      last = now;
    }
  }
}
