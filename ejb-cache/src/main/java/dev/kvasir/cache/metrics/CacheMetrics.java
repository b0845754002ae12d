package dev.kvasir.cache.metrics;

import dev.kvasir.cache.CacheStats;
import dev.kvasir.cache.GridStats;
import dev.kvasir.cache.PublishCounts;
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
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * The cache's counters and gauges. They are read from one snapshot of the statistics, taken by
 * {@link #refresh}, those of trouble from the node's counters at that moment; {@code
 * docs/metrics.md} lists them.
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
    refresh(first);
  }

  /** Takes over a new snapshot. */
  public synchronized void refresh(CacheStats snapshot) {
    stats = snapshot;
    counters.forEach(counter -> counter.catchUp(snapshot));
  }

  private void countRequests() {
    counter(
        "kvasir_lookups",
        "requests that looked a prefix up",
        snapshot -> snapshot.requests().total());
    counter(
        "kvasir_lookup_hits",
        "of these, took at least one block",
        snapshot -> snapshot.requests().hits());
    String tokens = "kvasir_prompt_tokens";
    String description = "prompt tokens by where their K/V came from";
    for (Source source : Source.values()) {
      counter(
          tokens,
          description,
          snapshot -> snapshot.tokens().of(source),
          new Tag("source", source.label()));
    }
    counter(
        tokens,
        description,
        snapshot -> snapshot.tokens().computed(),
        new Tag("source", "computed"));
    for (String reason : stats.requests().missReasons().keySet()) {
      counter(
          "kvasir_lookup_outcomes",
          "requests by reason why not more came from the cache",
          snapshot -> snapshot.requests().missReasons().getOrDefault(reason, 0L),
          new Tag("reason", reason));
    }
  }

  private void countPublishing() {
    Map<String, ToLongFunction<PublishCounts>> results =
        Map.of(
            "kvasir_published_blocks", PublishCounts::published,
            "kvasir_publish_skipped", PublishCounts::skipped,
            "kvasir_publish_dropped", PublishCounts::dropped,
            "kvasir_publish_failed", PublishCounts::failed);
    results.forEach(
        (name, value) ->
            counter(
                name,
                "blocks by what became of their publishing",
                snapshot -> value.applyAsLong(snapshot.publishing())));
    for (String reason : REFUSALS) {
      counter(
          "kvasir_publish_refused",
          "blocks that the grid would not have, by reason",
          snapshot -> snapshot.publishing().refused().getOrDefault(reason, 0L),
          new Tag("reason", reason));
    }
    gauge(
        "kvasir_publish_queue_blocks",
        "blocks that wait",
        snapshot -> snapshot.publishing().queued());
  }

  private void countLeaving() {
    for (String cause : List.of("policy", "removed", "expired", "lost")) {
      counter(
          "kvasir_evictions",
          "blocks that left the grid, by cause",
          snapshot -> snapshot.grid().evicted(cause),
          new Tag("cause", cause));
    }
    counter(
        "kvasir_near_evictions",
        "blocks that left the near cache",
        snapshot -> snapshot.grid().near().evictions());
    counter(
        "kvasir_index_repairs", "index entries mended", snapshot -> snapshot.grid().reconciled());
  }

  private void countTrouble(CacheCounters trouble) {
    counter(
        "kvasir_blocks_discarded",
        "cached blocks that failed their checks",
        snapshot -> trouble.discardedBlocks());
    counter(
        "kvasir_store_troubles",
        "failures of the grid that became misses",
        snapshot -> trouble.storeTroubles());
    counter(
        "kvasir_export_troubles",
        "failures of the engine to give a block to the grid",
        snapshot -> trouble.exportTroubles());
  }

  private void countTier() {
    Tag tier = new Tag("tier", Source.DISK.label());
    for (TierEvent event : TierEvent.values()) {
      counter(
          "kvasir_tier_blocks",
          "blocks of a tier behind the grid, by what happened to them",
          snapshot -> snapshot.disk().of(event),
          tier,
          new Tag("event", event.label()));
    }
    gaugeTier("kvasir_tier_held_blocks", "blocks that lie there", TierStats::blocks);
    gaugeTier("kvasir_tier_held_bytes", "of their files", TierStats::bytes);
    gaugeTier("kvasir_tier_budget_bytes", "most of these", TierStats::budgetBytes);
    gaugeTier(
        "kvasir_tier_ready",
        "whether the tier serves all that it has",
        snapshot -> snapshot.state() == TierStats.State.READY ? 1 : 0);
  }

  private void gaugeTier(String name, String description, ToLongFunction<TierStats> value) {
    registry.gauge(
        metadata(name, description),
        () -> value.applyAsLong(stats.disk()),
        new Tag("tier", Source.DISK.label()));
  }

  private void gaugeGrid() {
    gaugeHeld("kvasir_grid_blocks", "blocks in the grid", GridStats.Held::blocks);
    gaugeHeld("kvasir_grid_bytes", "bytes in the grid, no backups", GridStats.Held::bytes);
    gaugeHeld("kvasir_owned_bytes", "bytes in this node's partitions", GridStats.Held::ownedBytes);
    gaugeHeld("kvasir_backup_bytes", "bytes held for other nodes", GridStats.Held::backupBytes);
    gaugeNear("kvasir_near_blocks", "blocks in the near cache", GridStats.Near::entries);
    gaugeNear("kvasir_near_bytes", "bytes in the near cache", GridStats.Near::bytes);
    gaugeNear("kvasir_near_capacity_blocks", "most blocks in it", GridStats.Near::capacity);
    gauge(
        "kvasir_circuit_open",
        "whether the circuit before the grid is open (1), half open (0.5) or closed (0)",
        snapshot ->
            switch (snapshot.circuit()) {
              case "open" -> 1;
              case "half_open" -> 0.5;
              default -> 0;
            });
  }

  private void gaugePool() {
    gauge("kvasir_pool_blocks", "blocks of the pool", snapshot -> snapshot.pool().capacityBlocks());
    gauge("kvasir_pool_used_blocks", "held by sequences", snapshot -> snapshot.pool().usedBlocks());
    gauge(
        "kvasir_pool_cached_blocks",
        "that have a name",
        snapshot -> snapshot.pool().cachedBlocks());
    gauge("kvasir_pool_block_bytes", "K/V of one", snapshot -> snapshot.pool().blockBytes());
    counter(
        "kvasir_pool_evictions",
        "named blocks that were given to other tokens",
        snapshot -> snapshot.pool().evictedBlocks());
  }

  private void gaugeEngine() {
    gaugeSequences("waiting", EngineStats::waiting);
    gaugeSequences("running", EngineStats::running);
    gaugeSequences("preempted", EngineStats::preempted);
    countEngine(
        "kvasir_preemptions", "times a sequence gave its blocks back", EngineStats::preemptions);
    countEngine("kvasir_decode_steps", "steps of decode", EngineStats::decodeSteps);
    countEngine("kvasir_decoded_rows", "rows of these steps", EngineStats::decodedRows);
    countEngine(
        "kvasir_draft_tokens", "tokens drafted and computed along", EngineStats::draftedTokens);
    countEngine(
        "kvasir_draft_tokens_accepted",
        "those that the model chose too",
        EngineStats::acceptedTokens);
    gaugeIdle();
  }

  private void gaugeIdle() {
    countEngine(
        "kvasir_idle_prefill_tokens",
        "tokens of answers that were prefilled while nobody waited",
        engine -> engine.idle().computedTokens());
    String blocks = "kvasir_idle_prefill_blocks";
    String description = "blocks of answers by what became of them";
    counter(
        blocks,
        description,
        snapshot -> snapshot.engine().idle().sharedBlocks(),
        new Tag("result", "shared"));
    counter(
        blocks,
        description,
        snapshot -> snapshot.engine().idle().droppedBlocks(),
        new Tag("result", "dropped"));
    gauge(
        "kvasir_idle_prefill_queue_blocks",
        "blocks of answers that wait to be prefilled",
        snapshot -> snapshot.engine().idle().waitingBlocks());
  }

  private void gaugeSequences(String state, ToLongFunction<EngineStats> value) {
    registry.gauge(
        metadata("kvasir_sequences", "sequences in the engine"),
        () -> value.applyAsLong(stats.engine()),
        new Tag("state", state));
  }

  private void countEngine(String name, String description, ToLongFunction<EngineStats> value) {
    counter(name, description, snapshot -> value.applyAsLong(snapshot.engine()));
  }

  private void counter(
      String name, String description, ToLongFunction<CacheStats> value, Tag... tags) {
    counters.add(new Growing(registry.counter(metadata(name, description), tags), value));
  }

  private void gauge(String name, String description, ToDoubleFunction<CacheStats> value) {
    registry.gauge(metadata(name, description), () -> value.applyAsDouble(stats));
  }

  private void gaugeHeld(String name, String description, ToLongFunction<GridStats.Held> value) {
    gauge(name, description, snapshot -> value.applyAsLong(snapshot.grid().held()));
  }

  private void gaugeNear(String name, String description, ToLongFunction<GridStats.Near> value) {
    gauge(name, description, snapshot -> value.applyAsLong(snapshot.grid().near()));
  }

  private static Metadata metadata(String name, String description) {
    return Metadata.builder().withName(name).withDescription(description).build();
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
