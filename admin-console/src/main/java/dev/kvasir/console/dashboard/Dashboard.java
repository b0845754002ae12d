package dev.kvasir.console.dashboard;

import dev.kvasir.cache.CacheStats;
import dev.kvasir.console.BarChart;
import dev.kvasir.console.History;
import dev.kvasir.console.Range;
import dev.kvasir.console.Snapshot;
import dev.kvasir.console.Snapshots;
import dev.kvasir.console.Sums;
import dev.kvasir.console.Texts;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The page of this node's figures, as last seen. */
@Named
@ViewScoped
@SuppressWarnings("serial") // the container injects proxies, which are serializable
public class Dashboard implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Most tenants in the chart. */
  private static final int TENANTS = 8;

  @Inject Snapshots snapshots;
  @Inject Prices prices;

  private Range range = Range.MINUTES;

  /**
   * One line of a list of counts.
   *
   * @param label what is counted
   * @param count how often
   */
  public record Line(String label, long count) {}

  /** Whether the node has counted any request: else there is nothing to draw. */
  public boolean isUsed() {
    return stats().map(stats -> stats.requests().total() > 0).orElse(false);
  }

  /** Counters and sizes; null until there are any. */
  public @Nullable CacheStats getStats() {
    return stats().orElse(null);
  }

  /** Bytes that this node holds, owned and backup together: what the budget bounds. */
  public long getHeldBytes() {
    return stats().map(stats -> stats.grid().held().bytesHere()).orElse(0L);
  }

  /** Most bytes that each node may hold. */
  public long getBudgetBytes() {
    return from(snapshot -> snapshot.settings().budgetBytes()).orElse(0L);
  }

  /** Blocks that left the grid, whatever the cause. */
  public long getEvicted() {
    return stats().map(stats -> stats.grid().evicted()).orElse(0L);
  }

  /** Chart of prompt tokens over time. */
  public BarChart getSourcesChart() {
    return Charts.sources(history(), range);
  }

  /** Chart of hit shares by tier over time. */
  public BarChart getSharesChart() {
    return Charts.hitShares(history(), range);
  }

  /** Chart of mean times to first token over time. */
  public BarChart getMeansChart() {
    return Charts.firstTokensOverTime(history(), range);
  }

  /** Chart of memory by tier. */
  public BarChart getTiersChart() {
    return stats().map(Charts::tiers).orElse(BarChart.EMPTY);
  }

  /** Chart of memory by tenant. */
  public BarChart getTenantsChart() {
    return from(snapshot -> Charts.tenants(snapshot.bytesByTenant(), TENANTS))
        .orElse(BarChart.EMPTY);
  }

  /** What the cache saved in the chosen time. */
  public Saved getSaved() {
    Sums sums = history().stream().map(History.Bucket::sums).reduce(Sums.NONE, Sums::plus);
    double lately = sums.spent().secondsPerToken();
    double pace =
        lately > 0 ? lately : stats().map(stats -> stats.spent().secondsPerToken()).orElse(0.0);
    return Saved.of(sums, pace, prices);
  }

  private List<History.Bucket> history() {
    return snapshots.history(range);
  }

  public Range[] getRanges() {
    return Range.values();
  }

  public Range getRange() {
    return range;
  }

  public void setRange(Range range) {
    this.range = range;
  }

  /** Chart of times to first token. */
  public BarChart getFirstTokensChart() {
    return stats().map(stats -> Charts.firstTokens(stats.timing())).orElse(BarChart.EMPTY);
  }

  /** Chart of evictions. */
  public BarChart getEvictionsChart() {
    return stats().map(stats -> Charts.evictions(stats.grid())).orElse(BarChart.EMPTY);
  }

  /** Requests by reason why not more came from the cache, most frequent first. */
  public List<Line> getMissReasons() {
    return stats().map(stats -> lines(stats.requests().missReasons())).orElse(List.of());
  }

  private static List<Line> lines(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() > 0)
        .map(
            entry ->
                new Line(Texts.orElse("miss." + entry.getKey(), entry.getKey()), entry.getValue()))
        .sorted(Comparator.comparingLong(Line::count).reversed().thenComparing(Line::label))
        .toList();
  }

  private Optional<CacheStats> stats() {
    return from(Snapshot::stats);
  }

  private <T> Optional<T> from(Function<Snapshot, T> figure) {
    return snapshots.latest().map(figure);
  }
}
