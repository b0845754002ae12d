package dev.kvasir.cache.metrics;

import dev.kvasir.cache.request.FinishedRequest;
import dev.kvasir.completion.CacheReport;
import dev.kvasir.completion.LoadEstimate;
import dev.kvasir.inference.KvLayout;
import java.time.Duration;
import java.util.function.Consumer;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Histogram;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.eclipse.microprofile.metrics.Timer;
import org.jspecify.annotations.Nullable;

/** What requests asked of the tiers and got, and whether loading paid off. */
public final class ReuseMetrics implements Consumer<FinishedRequest> {
  /*
   * A load is right if it took no longer than computing the same tokens would have. What that would
   * have taken is an estimate, from the prefills of the last minute; so regret is counted against
   * it, not against a truth. A load that brought nothing is regretted with all of its time. Where a
   * part was computed meanwhile, that part counts, too: both were had in the time of the load.
   */
  private static final double NANOS_PER_MILLI = 1e6;

  private final Tier pool;
  private final Tier grid;
  private final Tier disk;
  private final Counter loads;
  private final Counter boths;
  private final Counter recomputes;
  private final Counter meanwhileLoaded;
  private final Counter meanwhileComputed;
  private final Timer load;
  private final Timer regret;
  private final Histogram loadPercent;
  private final Histogram recomputePercent;

  /** Registers in the application's registry. */
  public ReuseMetrics(MetricRegistry registry) {
    pool = new Tier(registry, "pool");
    grid = new Tier(registry, "grid");
    disk = new Tier(registry, "disk");
    loads = registry.counter(Metric.LOAD_DECISIONS.metadata(), new Tag("decision", "load"));
    boths = registry.counter(Metric.LOAD_DECISIONS.metadata(), new Tag("decision", "both"));
    recomputes =
        registry.counter(Metric.LOAD_DECISIONS.metadata(), new Tag("decision", "recompute"));
    meanwhileLoaded =
        registry.counter(Metric.MEANWHILE_TOKENS.metadata(), new Tag("part", "loaded"));
    meanwhileComputed =
        registry.counter(Metric.MEANWHILE_TOKENS.metadata(), new Tag("part", "computed"));
    load = registry.timer(Metric.LOAD.metadata());
    regret = registry.timer(Metric.LOAD_REGRET.metadata());
    loadPercent = registry.histogram(Metric.LOAD_MEASURED.metadata());
    recomputePercent = registry.histogram(Metric.RECOMPUTE_MEASURED.metadata());
  }

  @Override
  public void accept(FinishedRequest request) {
    CacheReport report = request.summary().cache();
    KvLayout layout = request.layout();
    if (report == null || layout == null || report.approximation() != null) {
      return;
    }
    int shareable = request.blocks().size();
    int fromPool = report.poolTokens() / layout.blockSize();
    int fromDisk = report.diskTokens() / layout.blockSize();
    int fromGrid = report.cachedTokens() / layout.blockSize() - fromPool - fromDisk;
    pool.count(shareable, fromPool, layout.blockBytes());
    grid.count(shareable - fromPool, fromGrid, layout.blockBytes());
    disk.count(shareable - fromPool - fromGrid, fromDisk, layout.blockBytes());
    audit(report);
  }

  private void audit(CacheReport report) {
    LoadEstimate estimate = report.estimate();
    if (estimate == null) {
      return;
    }
    if (estimate.load()) {
      boolean fromBothEnds = report.meanwhileTokens() > 0;
      (fromBothEnds ? boths : loads).inc();
      if (fromBothEnds) {
        meanwhileLoaded.inc(report.loadedTokens());
        meanwhileComputed.inc(report.meanwhileTokens());
      }
      auditLoad(report, estimate);
    } else {
      recomputes.inc();
      auditRecompute(report, estimate);
    }
  }

  private void auditLoad(CacheReport report, LoadEstimate estimate) {
    int loaded = report.loadedTokens();
    int got = loaded + report.meanwhileTokens(); // both in the time that the load took
    double share = (double) got / estimate.tokens();
    double measured = report.lookupMillis() + report.loadMillis();
    if (loaded > 0) {
      load.update(duration(measured));
      percent(loadPercent, measured, estimate.loadMillis(), (double) loaded / estimate.tokens());
    }
    Double recompute = loaded == 0 ? Double.valueOf(0) : estimate.recomputeMillis();
    if (recompute != null && measured > recompute * share) {
      regret.update(duration(measured - recompute * share));
    }
  }

  private void auditRecompute(CacheReport report, LoadEstimate estimate) {
    if (report.computedTokens() > 0) {
      double share = (double) report.computedTokens() / estimate.tokens();
      percent(recomputePercent, report.prefillMillis(), estimate.recomputeMillis(), share);
    }
  }

  private static void percent(
      Histogram histogram, double measured, @Nullable Double estimate, double share) {
    if (estimate != null && estimate > 0) {
      histogram.update(Math.round(100 * measured / (estimate * share)));
    }
  }

  private static Duration duration(double millis) {
    return Duration.ofNanos((long) (millis * NANOS_PER_MILLI));
  }

  /** Counters of one tier. */
  private static final class Tier {
    private final Counter queries;
    private final Counter hits;
    private final Counter bytes;

    Tier(MetricRegistry registry, String name) {
      Tag tier = new Tag("tier", name);
      queries = registry.counter(Metric.TIER_QUERIES.metadata(), tier);
      hits = registry.counter(Metric.TIER_HITS.metadata(), tier);
      bytes = registry.counter(Metric.TIER_HIT_BYTES.metadata(), tier);
    }

    void count(int queriedBlocks, int hitBlocks, int blockBytes) {
      queries.inc(queriedBlocks);
      hits.inc(hitBlocks);
      bytes.inc((long) hitBlocks * blockBytes);
    }
  }
}
