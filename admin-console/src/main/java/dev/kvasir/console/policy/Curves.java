package dev.kvasir.console.policy;

import dev.kvasir.cache.WhatIf;
import dev.kvasir.console.BarChart;
import dev.kvasir.console.Figures;
import dev.kvasir.console.Texts;
import java.util.ArrayList;
import java.util.List;

/** What-if curves as a chart: a group of bars for each budget, a bar for each policy. */
final class Curves {
  private static final List<String> COLORS = List.of("--pool", "--computed", "--local", "--remote");

  private Curves() {}

  static BarChart chart(WhatIf what, Figures figures) {
    List<BarChart.Series> series = new ArrayList<>();
    for (WhatIf.Curve curve : what.curves()) {
      series.add(
          new BarChart.Series(
              curve.policy(),
              COLORS.get(series.size() % COLORS.size()),
              curve.points().stream().map(point -> 100 * point.hitRatio()).toList()));
    }
    List<String> budgets =
        what.curves().isEmpty()
            ? List.of()
            : what.curves().get(0).points().stream()
                .map(point -> figures.bytes(point.budgetBytes()))
                .toList();
    return new BarChart(
        Texts.of("policy.whatIf"), budgets, series, Texts.of("policy.whatIf.axis"), false, false);
  }
}
