package dev.kvasir.bench.engine;

import dev.kvasir.bench.report.Measurements;
import dev.kvasir.bench.report.Table;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The table of {@code bin/bench engine}. */
final class EngineReport {
  static final String METRIC = "ms";
  static final String CEILING = "ceiling";

  private final Measurements measurements;
  private final List<String> systems;

  /** A table of these systems, in this order; what was not measured is told, not left out. */
  EngineReport(Measurements measurements, List<String> systems) {
    this.measurements = measurements;
    this.systems = List.copyOf(systems);
  }

  void print(PrintStream out, List<Case> cases) {
    String peer = PeerKind.LLAMA_CPP.label();
    List<String> head = new ArrayList<>(List.of("case (ms)"));
    for (String system : systems) {
      head.add(system);
      head.add("low-high");
    }
    head.add(CEILING);
    head.add(peer + " / " + Kvasir.NAME);
    Table table = new Table(head.toArray(String[]::new));
    for (Case one : cases) {
      List<String> line = new ArrayList<>(List.of(one.name()));
      for (String system : systems) {
        Optional<Measurements.Row> row = measurements.find(one.name(), system, METRIC);
        line.add(row.map(found -> number(found.value())).orElse("-"));
        line.add(row.map(found -> number(found.low()) + "-" + number(found.high())).orElse(""));
      }
      line.add(value(one, CEILING).map(EngineReport::number).orElse("-"));
      line.add(ratio(value(one, peer), value(one, Kvasir.NAME)));
      table.add(line);
    }
    table.print(out);
  }

  private Optional<Double> value(Case one, String system) {
    return measurements.find(one.name(), system, METRIC).map(Measurements.Row::value);
  }

  private static String ratio(Optional<Double> theirs, Optional<Double> ours) {
    return theirs.isPresent() && ours.isPresent()
        ? String.format(Locale.ROOT, "%.2f", theirs.get() / ours.get())
        : "-";
  }

  /** Three digits, or all before the point. */
  private static String number(double millis) {
    return String.format(Locale.ROOT, millis < 100 ? "%.1f" : "%.0f", millis);
  }
}
