package dev.kvasir.console.dashboard;

import dev.kvasir.cache.CacheStats;
import dev.kvasir.cache.GridStats;
import dev.kvasir.cache.Source;
import dev.kvasir.console.History;
import dev.kvasir.console.Texts;
import dev.kvasir.console.dashboard.BarChart.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The dashboard's charts, drawn from figures only. */
final class Charts {
  private static final List<String> CAUSES = List.of("policy", "removed", "expired", "lost");

  private Charts() {}

  /** Prompt tokens of the last minutes: one bar per bucket, stacked by where they came from. */
  static BarChart sources(List<History.Bucket> buckets) {
    List<Series> series = new ArrayList<>();
    for (Source source : Source.values()) {
      series.add(
          new Series(
              Texts.of("source." + source.label()),
              "--" + source.label(),
              buckets.stream().map(bucket -> bucket.tokens().of(source)).toList()));
    }
    series.add(
        new Series(
            Texts.of("source.computed"),
            "--computed",
            buckets.stream().map(bucket -> bucket.tokens().computed()).toList()));
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < buckets.size(); i++) {
      labels.add(ago((buckets.size() - 1 - i) * History.BUCKET_SECONDS));
    }
    String axis = Texts.of("dashboard.tokensPerBucket", History.BUCKET_SECONDS);
    return new BarChart(Texts.of("dashboard.sources"), labels, series, axis, true, false);
  }

  /** Time to first token: median and 99th percentile, of hits beside misses. */
  static BarChart firstTokens(CacheStats.Timing timing) {
    return new BarChart(
        Texts.of("dashboard.firstTokens"),
        List.of(Texts.of("dashboard.median"), Texts.of("dashboard.p99")),
        List.of(
            new Series(
                Texts.of("dashboard.hits"),
                "--pool",
                List.of(timing.hitTtftP50(), timing.hitTtftP99())),
            new Series(
                Texts.of("dashboard.misses"),
                "--computed",
                List.of(timing.missTtftP50(), timing.missTtftP99()))),
        Texts.of("dashboard.millis"),
        false,
        false);
  }

  /** Blocks that left the grid, by cause. */
  static BarChart evictions(GridStats grid) {
    return new BarChart(
        Texts.of("dashboard.evictions"),
        CAUSES.stream().map(cause -> Texts.of("cause." + cause)).toList(),
        List.of(
            new Series(
                Texts.of("dashboard.blocks"),
                "--remote",
                CAUSES.stream().map(grid::evicted).toList())),
        Texts.of("dashboard.blocks"),
        false,
        true);
  }

  private static String ago(int seconds) {
    return seconds == 0
        ? Texts.of("dashboard.now")
        : String.format(Locale.ENGLISH, "−%d:%02d", seconds / 60, seconds % 60);
  }
}
