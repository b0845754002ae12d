package dev.kvasir.console;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A bar chart in Chart.js' JSON. Colours are names of CSS properties, such as {@code --pool}; the
 * page's script puts their values in, so that a chart follows the light or dark scheme.
 *
 * @param title what it shows
 * @param labels one per bar
 * @param series one or more values per bar
 * @param axis what the values are, with their unit
 * @param stacked whether series stand on each other instead of side by side
 * @param horizontal whether bars lie
 */
public record BarChart(
    String title,
    List<String> labels,
    List<Series> series,
    String axis,
    boolean stacked,
    boolean horizontal) {
  /** Without bars. */
  public static final BarChart EMPTY = new BarChart("", List.of(), List.of(), "", false, false);

  public BarChart {
    labels = List.copyOf(labels);
    series = List.copyOf(series);
  }

  /**
   * Values of one kind.
   *
   * @param label what they are
   * @param color CSS property
   * @param values one per label of the chart
   */
  public record Series(String label, String color, List<? extends Number> values) {
    public Series {
      values = List.copyOf(values);
    }
  }

  /** What it shows, for those who do not see it: a stack by its series' sums. */
  public String toText() {
    return title
        + ", "
        + axis
        + ": "
        + series.stream()
            .map(one -> one.label() + " " + (stacked ? written(sum(one)) : byLabel(one)))
            .collect(Collectors.joining("; "));
  }

  private String byLabel(Series series) {
    return IntStream.range(0, labels.size())
        .mapToObj(i -> labels.get(i) + " " + written(series.values().get(i).doubleValue()))
        .collect(Collectors.joining(", "));
  }

  private static double sum(Series series) {
    return series.values().stream().mapToDouble(Number::doubleValue).sum();
  }

  private static String written(double value) {
    return String.format(Locale.ENGLISH, value == Math.rint(value) ? "%,.0f" : "%,.1f", value);
  }

  /** In Chart.js' JSON. */
  public String toJson() {
    JsonArrayBuilder names = Json.createArrayBuilder();
    labels.forEach(names::add);
    JsonArrayBuilder datasets = Json.createArrayBuilder();
    series.forEach(one -> datasets.add(dataset(one)));
    return Json.createObjectBuilder()
        .add("type", "bar")
        .add("data", Json.createObjectBuilder().add("labels", names).add("datasets", datasets))
        .add("options", options())
        .build()
        .toString();
  }

  private static JsonObjectBuilder dataset(Series series) {
    JsonArrayBuilder data = Json.createArrayBuilder();
    series.values().forEach(value -> data.add(value.doubleValue()));
    return Json.createObjectBuilder()
        .add("label", series.label())
        .add("backgroundColor", "var(" + series.color() + ")")
        .add("maxBarThickness", 28)
        .add("data", data);
  }

  private JsonObject options() {
    JsonObjectBuilder values =
        Json.createObjectBuilder()
            .add("stacked", stacked)
            .add("beginAtZero", true)
            .add("suggestedMax", 1)
            .add("ticks", Json.createObjectBuilder().add("precision", 0).add("maxTicksLimit", 6))
            .add("title", Json.createObjectBuilder().add("display", true).add("text", axis));
    JsonObjectBuilder bars =
        Json.createObjectBuilder()
            .add("stacked", stacked)
            .add("grid", Json.createObjectBuilder().add("display", false))
            .add(
                "ticks",
                Json.createObjectBuilder().add("maxRotation", 0).add("autoSkipPadding", 24));
    return Json.createObjectBuilder()
        .add("animation", false)
        .add("maintainAspectRatio", false)
        .add("indexAxis", horizontal ? "y" : "x")
        .add("interaction", Json.createObjectBuilder().add("mode", "index"))
        .add("plugins", Json.createObjectBuilder().add("legend", legend()))
        .add(
            "scales",
            Json.createObjectBuilder()
                .add(horizontal ? "x" : "y", values)
                .add(horizontal ? "y" : "x", bars))
        .build();
  }

  private JsonObjectBuilder legend() {
    return Json.createObjectBuilder()
        .add("display", series.size() > 1)
        .add("position", "bottom")
        .add("labels", Json.createObjectBuilder().add("boxWidth", 12).add("boxHeight", 12));
  }
}
