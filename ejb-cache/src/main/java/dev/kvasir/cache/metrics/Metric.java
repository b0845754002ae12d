package dev.kvasir.cache.metrics;

import static dev.kvasir.cache.metrics.Metric.Kind.COUNTER;
import static dev.kvasir.cache.metrics.Metric.Kind.GAUGE;
import static dev.kvasir.cache.metrics.Metric.Kind.HISTOGRAM;
import static dev.kvasir.cache.metrics.Metric.Kind.TIMER;

import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.Refusal;
import dev.kvasir.cache.Source;
import dev.kvasir.cache.TierEvent;
import dev.kvasir.cache.flight.FlightOutcome;
import dev.kvasir.completion.BlendKind;
import dev.kvasir.completion.MissReason;
import dev.kvasir.completion.Priority;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.eclipse.microprofile.metrics.Metadata;
import org.jspecify.annotations.Nullable;

/**
 * Every metric of Kvasir: the one place that says what there is; {@code docs/metrics.md} is written
 * from it.
 */
public enum Metric {
  PROMPT_TOKENS(
      COUNTER,
      "kvasir_prompt_tokens",
      label("source", plus(Source.values(), "computed")),
      "prompt tokens by where their K/V came from; requests with the cache off are not in it"),
  LOOKUPS(COUNTER, "kvasir_lookups", null, "requests that looked a prefix up"),
  LOOKUP_HITS(COUNTER, "kvasir_lookup_hits", null, "of these, those that took at least one block"),
  LOOKUP_OUTCOMES(
      COUNTER,
      "kvasir_lookup_outcomes",
      label("reason", plus(MissReason.values())),
      "requests by reason why not more came from the cache (api.md, Reasons); `none`: all did"),
  TIER_QUERIES(
      COUNTER,
      "kvasir_tier_queried_blocks",
      label("tier", List.of("pool", "grid", "disk")),
      "blocks that requests looked for: all shareable ones in the pool, what that had not in the grid,"
          + " what that had not either on the disks"),
  TIER_HITS(
      COUNTER,
      "kvasir_tier_hit_blocks",
      label("tier", List.of("pool", "grid", "disk")),
      "of these, blocks that were taken"),
  TIER_HIT_BYTES(
      COUNTER,
      "kvasir_tier_hit_bytes",
      label("tier", List.of("pool", "grid", "disk")),
      "K/V of these; of grid and disk by `kvasir_load_seconds_sum`: the bandwidth of loads"),
  LOAD_DECISIONS(
      COUNTER,
      "kvasir_load_decisions",
      label("decision", List.of("load", "both", "recompute")),
      "requests for which cached blocks beyond the pool were found, by what was decided; `both`: a"
          + " part was computed from the front while the others were loaded from the end"),
  MEANWHILE_TOKENS(
      COUNTER,
      "kvasir_meanwhile_tokens",
      label("part", List.of("loaded", "computed")),
      "prompt tokens of requests that loaded from the end while they computed from the front"),
  LOAD(TIMER, "kvasir_load", null, "to fetch and load the blocks of a request, where some came"),
  LOAD_REGRET(
      TIMER,
      "kvasir_load_regret",
      null,
      "by how much a load took longer than computing was expected to; loads that did not are not"
          + " in it, so its count by that of `load` and `both` decisions is the share of wrong ones"),
  LOAD_MEASURED(
      HISTOGRAM,
      "kvasir_load_measured_percent",
      null,
      "measured time of a load, as percent of its estimate"),
  RECOMPUTE_MEASURED(
      HISTOGRAM,
      "kvasir_recompute_measured_percent",
      null,
      "measured time of a prefilled token, as percent of the estimate, where computing was decided"),
  RECOMPUTE_CHECKS(
      COUNTER,
      "kvasir_recompute_checks",
      label("result", List.of("within", "beyond", "first", "dropped")),
      "loads that were chosen to have their blocks computed once more in idle time: the recompute"
          + " estimate was at most 20% off the measured time; it was further off; there was none yet; not"
          + " computed, as a request came, another load was chosen, or the pool had given blocks away"),
  RECOMPUTE_ERROR(
      GAUGE,
      "kvasir_recompute_error_ratio",
      label("rank", List.of("p50", "p90")),
      "how far the recompute estimate was off, as a share of the measured time: median and ninth"
          + " decile of the last 1,024 measured checks; 0: none"),
  APPROXIMATE_REQUESTS(
      COUNTER,
      "kvasir_approximate_requests",
      label("policy", plus(BlendKind.values())),
      "requests that passages of other prompts served; they are in none of the metrics above"),
  APPROXIMATE_TOKENS(
      COUNTER,
      "kvasir_approximate_tokens",
      label("policy", plus(BlendKind.values())),
      label("source", List.of("exact", "reused", "computed")),
      "prompt tokens of these: from exact blocks, from passages as they came, computed"),
  PUBLISHED_BLOCKS(COUNTER, "kvasir_published_blocks", null, "blocks put into the grid"),
  PUBLISH_SKIPPED(COUNTER, "kvasir_publish_skipped", null, "blocks that were there already"),
  PUBLISH_DROPPED(
      COUNTER,
      "kvasir_publish_dropped",
      null,
      "blocks not offered: too much waited, or the pool had given them away"),
  PUBLISH_FAILED(
      COUNTER,
      "kvasir_publish_failed",
      null,
      "blocks that the engine did not give or the grid failed to take, and those behind them"),
  PUBLISH_REFUSED(
      COUNTER,
      "kvasir_publish_refused",
      label("reason", List.of("not_admitted", "no_parent", "over_quota", "behind_refused")),
      "blocks that the grid would not have: admission (a full grid, and the block was not asked for"
          + " often enough); the block before it is not cached; one before it was refused"),
  QUOTA_REFUSALS(
      COUNTER,
      "kvasir_quota_refusals",
      label("tenant", List.of("name of the tenant")),
      "blocks that were over their tenant's quota, by tenant; also a line in the log, once a minute"),
  SHADOW_HIT_RATIO(
      GAUGE,
      "kvasir_shadow_hit_ratio",
      label("policy", List.of("as in kvasir.shadow.policies")),
      "blocks of the longest cached prefix for each block asked for, of the last 10,000 on this"
          + " node, that a shadow policy would have had"),
  SHADOW_LIVE_HIT_RATIO(
      GAUGE,
      "kvasir_shadow_live_hit_ratio",
      label("policy", List.of("as in kvasir.shadow.policies")),
      "of the same blocks, those that the grid had"),
  PUBLISH_QUEUE(GAUGE, "kvasir_publish_queue_blocks", null, "blocks that wait to be published"),
  EVICTIONS(
      COUNTER,
      "kvasir_evictions",
      label("cause", List.of("policy", "removed", "expired", "lost")),
      "blocks that left the grid, as this node heard; `expired`: too old, or not used for too long"),
  BLOCK_LIFETIME(
      TIMER,
      "kvasir_block_lifetime",
      label("policy", plus(EvictionKind.values())),
      "from a block's coming to its eviction, of those that this node evicted; the policy in force"),
  BLOCK_IDLE(
      TIMER,
      "kvasir_block_idle",
      label("policy", plus(EvictionKind.values())),
      "from a block's last use, or its coming, to its eviction, likewise"),
  BLOCK_REUSE_GAP(
      TIMER,
      "kvasir_block_reuse_gap",
      null,
      "between two uses of a block, by any node, as this node heard: to the second"),
  NEAR_EVICTIONS(
      COUNTER, "kvasir_near_evictions", null, "blocks that left the near cache for lack of room"),
  INDEX_REPAIRS(
      COUNTER, "kvasir_index_repairs", null, "index entries mended because their event never came"),
  BLOCKS_DISCARDED(
      COUNTER,
      "kvasir_blocks_discarded",
      null,
      "cached blocks that failed their checks and were computed instead"),
  STORE_TROUBLES(COUNTER, "kvasir_store_troubles", null, "failures of the grid that became misses"),
  EXPORT_TROUBLES(
      COUNTER,
      "kvasir_export_troubles",
      null,
      "failures of the engine to give a block to the grid"),
  GRID_BLOCKS(GAUGE, "kvasir_grid_blocks", null, "blocks in the grid, all members"),
  GRID_BYTES(GAUGE, "kvasir_grid_bytes", null, "of these, without backups"),
  OWNED_BYTES(GAUGE, "kvasir_owned_bytes", null, "in partitions that this node owns"),
  BACKUP_BYTES(GAUGE, "kvasir_backup_bytes", null, "held for other members"),
  NEAR_BLOCKS(GAUGE, "kvasir_near_blocks", null, "blocks in the near cache"),
  NEAR_BYTES(GAUGE, "kvasir_near_bytes", null, "of these"),
  NEAR_CAPACITY(GAUGE, "kvasir_near_capacity_blocks", null, "most blocks in it"),
  TIER_BLOCKS(
      COUNTER,
      "kvasir_tier_blocks",
      label("tier", List.of("disk")),
      label("event", plus(TierEvent.values())),
      "blocks of a tier behind the grid, by what happened to them: written to it; read from it, by"
          + " any node; came (back) into the grid while they lie there; were kept there as the grid"
          + " evicted them; left out as too much waited; left for lack of room; left after their time"
          + " (`kvasir.cache.ttl.seconds`, `kvasir.cache.idle.seconds`); found again at the"
          + " start; were not what had been written, and taken out; of another release or secret, and"
          + " left aside; could not be read or written"),
  TIER_HELD_BLOCKS(
      GAUGE, "kvasir_tier_held_blocks", label("tier", List.of("disk")), "blocks that lie there"),
  TIER_HELD_BYTES(
      GAUGE,
      "kvasir_tier_held_bytes",
      label("tier", List.of("disk")),
      "of their files, those left aside included"),
  TIER_BUDGET_BYTES(
      GAUGE, "kvasir_tier_budget_bytes", label("tier", List.of("disk")), "most of these"),
  TIER_READY(
      GAUGE,
      "kvasir_tier_ready",
      label("tier", List.of("disk")),
      "1 once the tier serves all that it has; 0 while it looks for it, if it failed, or is off"),
  CIRCUIT_OPEN(
      GAUGE,
      "kvasir_circuit_open",
      null,
      "circuit before the grid: 1 open, 0.5 half open, 0 closed"),
  MEMBERS(
      GAUGE,
      "kvasir_members",
      null,
      "members of the grid, this node included if it is one; 0 if it is a client and reaches none"),
  READY(
      GAUGE,
      "kvasir_ready",
      null,
      "whether the node is ready: the model is loaded and its engine serves (1), or not (0)"),
  POOL_BLOCKS(GAUGE, "kvasir_pool_blocks", null, "blocks of the engine's pool"),
  POOL_USED(GAUGE, "kvasir_pool_used_blocks", null, "held by sequences"),
  POOL_CACHED(GAUGE, "kvasir_pool_cached_blocks", null, "that can be found by their name"),
  POOL_BLOCK_BYTES(GAUGE, "kvasir_pool_block_bytes", null, "K/V of one block"),
  POOL_EVICTIONS(
      COUNTER, "kvasir_pool_evictions", null, "named blocks that were given to other tokens"),
  SEQUENCES(
      GAUGE,
      "kvasir_sequences",
      label("state", List.of("waiting", "running", "preempted")),
      "sequences in the engine: waiting for the blocks of their prompt, taking part in steps,"
          + " waiting for blocks that they gave back"),
  PREEMPTIONS(
      COUNTER,
      "kvasir_preemptions",
      null,
      "times that a sequence gave its blocks back, as the pool was full; what they hold is kept"),
  DECODE_STEPS(COUNTER, "kvasir_decode_steps", null, "steps of decode"),
  DECODED_ROWS(
      COUNTER,
      "kvasir_decoded_rows",
      null,
      "rows that these computed, drafts included; by steps: sequences decoded together"),
  DRAFT_TOKENS(COUNTER, "kvasir_draft_tokens", null, "tokens that were drafted and computed along"),
  DRAFT_TOKENS_ACCEPTED(
      COUNTER, "kvasir_draft_tokens_accepted", null, "those of them that the model chose too"),
  IDLE_PREFILL_TOKENS(
      COUNTER,
      "kvasir_idle_prefill_tokens",
      null,
      "tokens of answers that were prefilled while no request was there"),
  IDLE_PREFILL_BLOCKS(
      COUNTER,
      "kvasir_idle_prefill_blocks",
      label("result", List.of("shared", "dropped")),
      "blocks of answers: prefilled so, and found by who asks for them since; given up, as more than"
          + " `kvasir.idle.blocks` waited, the pool had given away what stands before them, the"
          + " engine stopped or the cache was cleared"),
  IDLE_PREFILL_QUEUE(
      GAUGE, "kvasir_idle_prefill_queue_blocks", null, "blocks of answers that wait for idle time"),
  REQUESTS_REFUSED(
      COUNTER, Refusal.METRIC, label("reason", plus(Refusal.values())), Refusal.DESCRIPTION),
  REQUEST_QUEUE(
      GAUGE,
      "kvasir_request_queue",
      label("priority", plus(Priority.values())),
      "requests that wait for a decode slot, by the priority that they have with their age"),
  REQUESTS_RUNNING(
      GAUGE, "kvasir_requests_running", null, "requests that have had their turn and are not done"),
  QUEUE_WAIT(
      TIMER,
      "kvasir_queue_wait",
      label("priority", plus(Priority.values())),
      "a request's wait for its turn, refused ones included, by the priority that it asked for"),
  SINGLE_FLIGHT_WAIT(
      TIMER,
      "kvasir_single_flight_wait",
      label("outcome", plus(FlightOutcome.values())),
      "a request's wait for another one that computed the prefix it lacked: it is there; the other"
          + " one failed or its member left; it took too long, and the request computed by itself;"
          + " the client of the one that waited has left"),
  ROUTED_REQUESTS(
      COUNTER,
      "kvasir_routed_requests",
      label("result", RouteMetrics.RESULTS),
      "requests of whose prompt another node's engine pool had more (`kvasir.route`): that node was"
          + " named; it was too busy, and this one answered; it answered; it was to answer, and did"
          + " not, so this one did"),
  REQUESTS_CANCELLED(
      COUNTER,
      "kvasir_requests_cancelled",
      null,
      "requests given up before their end, as their client had left"),
  FIRST_TOKEN(
      TIMER,
      "kvasir_time_to_first_token",
      null,
      "from a request's arrival to its first token, cache on or off"),
  INTER_TOKEN(TIMER, "kvasir_inter_token", null, "between two tokens of an answer"),
  ACCESS_LOG_DROPPED(
      COUNTER,
      "kvasir_access_log_dropped",
      null,
      "requests that the access log has not: too many waited to be written, or the disk refused"
          + " them");

  /** How a metric grows; the exposition appends what its names must end with. */
  public enum Kind {
    /** Only grows. */
    COUNTER("counter", "_total"),
    /** A number that goes up and down. */
    GAUGE("gauge", ""),
    /** Seconds, in buckets. */
    TIMER("histogram", "_seconds"),
    /** Whole numbers, in buckets. */
    HISTOGRAM("histogram", "");

    private final String type;
    private final String suffix;

    Kind(String type, String suffix) {
      this.type = type;
      this.suffix = suffix;
    }
  }

  /**
   * What tells the series of a metric apart.
   *
   * @param name of the label
   * @param values all that it may have
   */
  public record Label(String name, List<String> values) {
    public Label {
      values = List.copyOf(values);
    }

    private String encoded() {
      return name + "=" + String.join(",", values);
    }

    private static Label decoded(String text) {
      int equals = text.indexOf('=');
      return new Label(
          text.substring(0, equals), List.of(text.substring(equals + 1).split(",", -1)));
    }
  }

  private final Kind kind;
  private final String registeredName;
  private final String labels; // name=value,value;... for an enum holds nothing that could change
  private final String meaning;

  Metric(Kind kind, String registeredName, @Nullable Label label, String meaning) {
    this(label == null ? "" : label.encoded(), kind, registeredName, meaning);
  }

  Metric(Kind kind, String registeredName, Label first, Label second, String meaning) {
    this(first.encoded() + ";" + second.encoded(), kind, registeredName, meaning);
  }

  Metric(String labels, Kind kind, String registeredName, String meaning) {
    this.kind = kind;
    this.registeredName = registeredName;
    this.meaning = meaning;
    this.labels = labels;
  }

  private static Label label(String name, List<String> values) {
    return new Label(name, values);
  }

  private static List<String> plus(Enum<?>[] values, String... more) {
    return Stream.concat(
            Arrays.stream(values).map(value -> value.name().toLowerCase(Locale.ROOT)),
            Arrays.stream(more))
        .toList();
  }

  /** How it is registered: the exposition adds its suffix. */
  public Metadata metadata() {
    return Metadata.builder().withName(registeredName).withDescription(meaning).build();
  }

  /** The name at {@code /metrics}, without the parts of a histogram. */
  public String exposedName() {
    return registeredName + kind.suffix;
  }

  /** Its type for Prometheus. */
  public String type() {
    return kind.type;
  }

  /** What its series differ in; none if it has one. */
  public List<Label> labels() {
    return labels.isEmpty()
        ? List.of()
        : Stream.of(labels.split(";", -1)).map(Label::decoded).toList();
  }

  /** What it counts. */
  public String meaning() {
    return meaning;
  }
}
