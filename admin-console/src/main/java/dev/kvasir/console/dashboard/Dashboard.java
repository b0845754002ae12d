package dev.kvasir.console.dashboard;

import dev.kvasir.cache.CacheStats;
import dev.kvasir.console.Snapshot;
import dev.kvasir.console.Snapshots;
import dev.kvasir.console.Texts;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The page of this node's figures, as last seen. */
@Named
@RequestScoped
public class Dashboard {
  @Inject Snapshots snapshots;

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

  /** Chart of prompt tokens over the last minutes. */
  public BarChart getSourcesChart() {
    return Charts.sources(snapshots.history());
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
