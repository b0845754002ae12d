package dev.kvasir.console.dashboard;

import dev.kvasir.cache.CacheStats;
import dev.kvasir.cache.GridStats;
import dev.kvasir.cache.Source;
import dev.kvasir.cache.TokenCounts;
import dev.kvasir.console.BarChart;
import dev.kvasir.console.BarChart.Series;
import dev.kvasir.console.History;
import dev.kvasir.console.Range;
import dev.kvasir.console.Sums;
import dev.kvasir.console.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The dashboard's charts, drawn from figures only. */
final class Charts {
  private static final List<String> CAUSES = List.of("policy", "removed", "expired", "lost");
  private static final double BYTES_PER_MIB = 1 << 20;

  private Charts() {}

  /** Prompt tokens over time: one bar per bucket, stacked by where they came from. */
  static BarChart sources(List<History.Bucket> buckets, Range range) {
    List<Series> series = new ArrayList<>(bySource(buckets, TokenCounts::of));
    series.add(
        new Series(
            Texts.of("source.computed"),
            "--computed",
            buckets.stream().map(bucket -> bucket.sums().tokens().computed()).toList()));
    return new BarChart(
        Texts.of("dashboard.sources"),
        ages(range),
        series,
        Texts.of("dashboard.tokensPerBucket", range.bucketSeconds()),
        true,
        false);
  }

  /** Percent of the prompt tokens that were not computed, over time, stacked by tier. */
  static BarChart hitShares(List<History.Bucket> buckets, Range range) {
    return new BarChart(
        Texts.of("dashboard.shares"),
        ages(range),
        bySource(
            buckets,
            (tokens, source) ->
                tokens.prompt() == 0 ? 0 : 100.0 * tokens.of(source) / tokens.prompt()),
        Texts.of("dashboard.percent"),
        true,
        false);
  }

  /** What is drawn of one source's tokens. */
  private interface Drawn {
    Number of(TokenCounts tokens, Source source);
  }

  private static List<Series> bySource(List<History.Bucket> buckets, Drawn drawn) {
    List<Series> series = new ArrayList<>();
    for (Source source : Source.values()) {
      series.add(
          new Series(
              Texts.of("source." + source.label()),
              "--" + source.label(),
              buckets.stream().map(bucket -> drawn.of(bucket.sums().tokens(), source)).toList()));
    }
    return series;
  }

  /** Mean time to first token over time, of hits beside misses. */
  static BarChart firstTokensOverTime(List<History.Bucket> buckets, Range range) {
    return hitsAndMisses(
        Texts.of("dashboard.means"),
        ages(range),
        millis(buckets, Sums::hitMillis),
        millis(buckets, Sums::missMillis));
  }

  private static List<Double> millis(List<History.Bucket> buckets, ToDoubleFunction<Sums> mean) {
    return buckets.stream().map(bucket -> mean.applyAsDouble(bucket.sums())).toList();
  }

  /** Time to first token: median and 99th percentile, of hits beside misses. */
  static BarChart firstTokens(CacheStats.Timing timing) {
    return hitsAndMisses(
        Texts.of("dashboard.firstTokens"),
        List.of(Texts.of("dashboard.median"), Texts.of("dashboard.p99")),
        List.of(timing.hitTtftP50(), timing.hitTtftP99()),
        List.of(timing.missTtftP50(), timing.missTtftP99()));
  }

  private static BarChart hitsAndMisses(
      String title, List<String> labels, List<Double> hits, List<Double> misses) {
    return new BarChart(
        title,
        labels,
        List.of(
            new Series(Texts.of("dashboard.hits"), "--pool", hits),
            new Series(Texts.of("dashboard.misses"), "--computed", misses)),
        Texts.of("dashboard.millis"),
        false,
        false);
  }

  /** Blocks that left the grid, by cause. */
  static BarChart evictions(GridStats grid) {
    return lying(
        Texts.of("dashboard.evictions"),
        CAUSES.stream().map(cause -> Texts.of("cause." + cause)).toList(),
        new Series(
            Texts.of("dashboard.blocks"), "--remote", CAUSES.stream().map(grid::evicted).toList()));
  }

  /** Memory and disk of this node, by tier. */
  static BarChart tiers(CacheStats stats) {
    return lying(
        Texts.of("dashboard.tiers"),
        List.of(
            Texts.of("source.pool"),
            Texts.of("source.near"),
            Texts.of("dashboard.own"),
            Texts.of("dashboard.backup"),
            Texts.of("source.disk")),
        new Series(
            Texts.of("dashboard.mib"),
            "--local",
            List.of(
                mib((long) stats.pool().cachedBlocks() * stats.pool().blockBytes()),
                mib(stats.grid().near().bytes()),
                mib(stats.grid().held().ownedBytes()),
                mib(stats.grid().held().backupBytes()),
                mib(stats.disk().bytes()))));
  }

  /** The grid's bytes by tenant: those who have most, at most so many. */
  static BarChart tenants(Map<String, Long> bytesByTenant, int most) {
    List<Map.Entry<String, Long>> largest =
        bytesByTenant.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(most)
            .toList();
    return lying(
        Texts.of("dashboard.tenants"),
        largest.stream().map(Map.Entry::getKey).toList(),
        new Series(
            Texts.of("dashboard.mib"),
            "--near",
            largest.stream().map(entry -> mib(entry.getValue())).toList()));
  }

  private static double mib(long bytes) {
    return Math.round(10 * bytes / BYTES_PER_MIB) / 10.0;
  }

  private static BarChart lying(String title, List<String> labels, Series series) {
    return new BarChart(title, labels, List.of(series), series.label(), false, true);
  }

  private static List<String> ages(Range range) {
    List<String> labels = new ArrayList<>();
    for (int ago = range.buckets() - 1; ago >= 0; ago--) {
      labels.add(age(range, ago * range.bucketSeconds()));
    }
    return labels;
  }

  private static String age(Range range, int seconds) {
    if (seconds == 0) {
      return Texts.of("dashboard.now");
    }
    return switch (range) {
      case MINUTES -> String.format(Locale.ENGLISH, "−%d:%02d", seconds / 60, seconds % 60);
      case HOUR -> Texts.of("dashboard.minutesAgo", seconds / 60);
      case DAY ->
          Texts.of(
              "dashboard.hoursAgo",
              String.format(Locale.ENGLISH, "%d:%02d", seconds / 3600, seconds / 60 % 60));
    };
  }
}
