package dev.kvasir.console.dashboard;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;

/**
 * A bar chart in Chart.js' JSON. Colours are names of CSS properties, such as {@code --pool}; the
 * page's script puts their values in, so that a chart follows the light or dark scheme.
 *
 * @param labels one per bar
 * @param series one or more values per bar
 * @param axis what the values are, with their unit
 * @param stacked whether series stand on each other instead of side by side
 * @param horizontal whether bars lie
 */
record BarChart(
    List<String> labels, List<Series> series, String axis, boolean stacked, boolean horizontal) {
  BarChart {
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
  record Series(String label, String color, List<? extends Number> values) {
    Series {
      values = List.copyOf(values);
    }
  }

  String toJson() {
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
