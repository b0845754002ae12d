package dev.kvasir.cache.stats;

import dev.kvasir.cache.CacheStats;
import dev.kvasir.cache.GridStats;
import dev.kvasir.cache.PublishCounts;
import dev.kvasir.cache.Source;
import dev.kvasir.cache.Ticker;
import dev.kvasir.cache.TierStats;
import dev.kvasir.cache.TokenCounts;
import dev.kvasir.completion.CacheReport;
import dev.kvasir.completion.MissReason;
import dev.kvasir.inference.BlockFault;
import dev.kvasir.inference.Model;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A node's counters of requests and of cache trouble. Safe for all threads. */
public final class CacheCounters {
  private static final Logger LOG = System.getLogger(CacheCounters.class.getName());

  private final String node;
  private final Supplier<String> circuit;
  private final LogLimit discardLog;
  private final LogLimit troubleLog;
  private final LogLimit exportLog;
  private final LogLimit quotaLog;
  private final Map<String, LongAdder> overQuota = new ConcurrentHashMap<>();
  private final FirstTokenTimes firstTokens = new FirstTokenTimes();
  private final SpentTimes spent = new SpentTimes();
  private final RecomputeErrors recomputeErrors = new RecomputeErrors();

  private final LongAdder requests = new LongAdder();
  private final LongAdder hitRequests = new LongAdder();
  private final LongAdder computedTokens = new LongAdder();
  private final LongAdder discardedBlocks = new LongAdder();
  private final LongAdder storeTroubles = new LongAdder();
  private final LongAdder exportTroubles = new LongAdder();
  private final Map<Source, LongAdder> tokensBySource = adders(Source.class);
  private final Map<MissReason, LongAdder> missReasons = adders(MissReason.class);

  /**
   * @param node name of this node
   * @param circuit state of the breaker before the store
   * @param ticker limits log lines
   */
  public CacheCounters(String node, Supplier<String> circuit, Ticker ticker) {
    this.node = node;
    this.circuit = circuit;
    discardLog = new LogLimit(ticker);
    troubleLog = new LogLimit(ticker);
    exportLog = new LogLimit(ticker);
    quotaLog = new LogLimit(ticker);
  }

  private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> type) {
    Map<E, LongAdder> adders = new EnumMap<>(type);
    for (E key : type.getEnumConstants()) {
      adders.put(key, new LongAdder());
    }
    return adders;
  }

  /** Counts a request whose prefix was looked up, at its first token. */
  public void record(CacheReport report, double firstTokenMillis) {
    requests.increment();
    if (report.cachedTokens() > 0) {
      hitRequests.increment();
    }
    computedTokens.add(report.computedTokens());
    of(tokensBySource, Source.POOL).add(report.poolTokens());
    of(tokensBySource, Source.NEAR).add(report.nearTokens());
    of(tokensBySource, Source.LOCAL).add(report.localTokens());
    of(tokensBySource, Source.REMOTE).add(report.remoteTokens());
    of(tokensBySource, Source.DISK).add(report.diskTokens());
    of(missReasons, report.missReason()).increment();
    firstTokens.add(firstTokenMillis, report.cachedTokens() > 0);
    spent.add(report, firstTokenMillis);
  }

  /**
   * Counts a load whose blocks were computed once more.
   *
   * @param estimateSeconds that computing them was expected to take
   * @param measuredSeconds that it took
   */
  public void recomputed(double estimateSeconds, double measuredSeconds) {
    recomputeErrors.add(Math.abs(estimateSeconds - measuredSeconds) / measuredSeconds);
  }

  /** Counts a load without an estimate, whose blocks were computed once more to have one. */
  public void recomputedFirst() {
    recomputeErrors.addFirst();
  }

  /** Counts a load that was to be computed once more, and was not. */
  public void recomputeDropped() {
    recomputeErrors.drop();
  }

  /** Counts a block that failed its checks, and logs it at most once a minute. */
  public void discarded(BlockFault fault) {
    discardedBlocks.increment();
    if (discardLog.allows()) {
      LOG.log(
          Level.WARNING,
          "KVASIR2001: a cached block failed its checks ({0}) and is computed instead; {1} since"
              + " the start",
          fault,
          discardedBlocks.sum());
    }
  }

  /** Counts a failure of the store that became a miss, and logs it at most once a minute. */
  public void storeTrouble(@Nullable Throwable cause) {
    storeTroubles.increment();
    if (troubleLog.allows()) {
      LOG.log(
          Level.WARNING,
          "KVASIR2002: the shared cache failed ({0}); requests go on without it; {1} times since"
              + " the start",
          cause,
          storeTroubles.sum());
    }
  }

  /** Counts a block that was over its tenant's quota, and logs it at most once a minute. */
  public void overQuota(String tenant) {
    overQuota.computeIfAbsent(tenant, any -> new LongAdder()).increment();
    if (quotaLog.allows()) {
      LOG.log(
          Level.WARNING,
          "KVASIR2004: tenant {0} has all that its quota allows; blocks are refused until some of"
              + " its own leave, or the quota is raised",
          tenant);
    }
  }

  /** Blocks that were over their tenant's quota, since the start; a copy. */
  public Map<String, Long> overQuota() {
    Map<String, Long> counts = new HashMap<>();
    overQuota.forEach((tenant, adder) -> counts.put(tenant, adder.sum()));
    return counts;
  }

  /** Counts a block that the engine failed to give, and logs it at most once a minute. */
  public void exportTrouble(Throwable cause) {
    exportTroubles.increment();
    if (exportLog.allows()) {
      LOG.log(
          Level.WARNING,
          "KVASIR2003: the engine could not give a block to the shared cache ({0}); {1} times since"
              + " the start",
          cause,
          exportTroubles.sum());
    }
  }

  /** Blocks that failed their checks, since the start. */
  public long discardedBlocks() {
    return discardedBlocks.sum();
  }

  /** Failures of the store, since the start. */
  public long storeTroubles() {
    return storeTroubles.sum();
  }

  /** Failures of the engine to give a block, since the start. */
  public long exportTroubles() {
    return exportTroubles.sum();
  }

  /** All of a node's statistics at this moment. */
  public CacheStats snapshot(
      PublishCounts publishing, GridStats grid, TierStats disk, Model model) {
    return new CacheStats(
        node,
        new CacheStats.Requests(requests.sum(), hitRequests.sum(), missReasonCounts()),
        new TokenCounts(sourceCounts(), computedTokens.sum()),
        publishing,
        grid,
        disk,
        model.poolStats(),
        model.stats(),
        circuit.get(),
        firstTokens.snapshot(),
        spent.snapshot(),
        recomputeErrors.snapshot());
  }

  private Map<Source, Long> sourceCounts() {
    Map<Source, Long> counts = new EnumMap<>(Source.class);
    tokensBySource.forEach((source, adder) -> counts.put(source, adder.sum()));
    return counts;
  }

  private Map<String, Long> missReasonCounts() {
    Map<String, Long> counts = new HashMap<>();
    missReasons.forEach((reason, adder) -> counts.put(reason.label(), adder.sum()));
    return counts;
  }

  private static <E extends Enum<E>> LongAdder of(Map<E, LongAdder> adders, E key) {
    LongAdder adder = adders.get(key);
    if (adder == null) {
      throw new IllegalStateException("no counter for " + key);
    }
    return adder;
  }
}
