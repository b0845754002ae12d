package dev.kvasir.bench.policy;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A plot of hit ratios over the size of the cache, which grows by factors. */
final class HitRatioPlot {
  private static final int WIDTH = 860;
  private static final int HEIGHT = 480;
  private static final int LEFT = 60;
  private static final int RIGHT = 660;
  private static final int TOP = 20;
  private static final int BOTTOM = 430;
  private static final int LINES = 5;

  private final HitRatios ratios;
  private final double highest;
  private final StringBuilder svg = new StringBuilder();

  private HitRatioPlot(HitRatios ratios) {
    this.ratios = ratios;
    this.highest =
        ratios.byPolicy().values().stream()
            .flatMap(List::stream)
            .mapToDouble(Double::doubleValue)
            .filter(ratio -> ratio > 0)
            .max()
            .orElse(1);
  }

  /** The plot as an SVG document. */
  static String svg(HitRatios ratios) {
    HitRatioPlot plot = new HitRatioPlot(ratios);
    plot.drawFrame();
    plot.drawPolicies();
    return plot.svg.append("</svg>\n").toString();
  }

  private void drawFrame() {
    append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
            + " font-size=\"12\">%n",
        WIDTH, HEIGHT);
    append("<rect width=\"%d\" height=\"%d\" fill=\"white\"/>%n", WIDTH, HEIGHT);
    for (int line = 0; line <= LINES; line++) {
      double ratio = highest * line / LINES;
      double y = y(ratio);
      append(
          "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#ddd\"/>%n",
          LEFT, y, RIGHT, y);
      append(
          "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.1f %%</text>%n",
          LEFT - 6, y + 4, 100 * ratio);
    }
    for (int size : ratios.sizes()) {
      append(
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%,d</text>%n",
          x(size), BOTTOM + 18, size);
    }
    append(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">blocks in the cache</text>%n",
        (LEFT + RIGHT) / 2, BOTTOM + 38);
  }

  private void drawPolicies() {
    int drawn = 0;
    for (Map.Entry<String, List<Double>> policy : ratios.byPolicy().entrySet()) {
      int hue = 360 * drawn / ratios.byPolicy().size();
      StringBuilder points = new StringBuilder();
      for (int i = 0; i < ratios.sizes().size(); i++) {
        points.append(
            String.format(
                Locale.ROOT, "%.1f,%.1f ", x(ratios.sizes().get(i)), y(policy.getValue().get(i))));
      }
      int width = policy.getKey().equals("default") ? 4 : 2;
      append(
          "<polyline points=\"%s\" fill=\"none\" stroke=\"hsl(%d 70%% 45%%)\""
              + " stroke-width=\"%d\"/>%n",
          points.toString().strip(), hue, width);
      append(
          "<text x=\"%d\" y=\"%d\" fill=\"hsl(%d 70%% 35%%)\">%s</text>%n",
          RIGHT + 20, TOP + 14 + 22 * drawn, hue, policy.getKey());
      drawn++;
    }
  }

  private double x(int size) {
    List<Integer> sizes = ratios.sizes();
    double first = Math.log(sizes.stream().mapToInt(Integer::intValue).min().orElseThrow());
    double last = Math.log(sizes.stream().mapToInt(Integer::intValue).max().orElseThrow());
    double share = last > first ? (Math.log(size) - first) / (last - first) : 0.5;
    return LEFT + share * (RIGHT - LEFT);
  }

  private double y(double ratio) {
    return BOTTOM - ratio / highest * (BOTTOM - TOP);
  }

  private void append(String pattern, Object... values) {
    svg.append(String.format(Locale.ROOT, pattern, values));
  }
}
