package dev.kvasir.bench.report;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Lines of text cells: the first column to the left, the others to the right. */
public final class Table {
  private final List<List<String>> lines = new ArrayList<>();

  /** A table with its head. */
  public Table(String... head) {
    lines.add(List.of(head));
  }

  /** Adds a line of as many cells as the head has. */
  public void add(List<String> cells) {
    if (cells.size() != lines.get(0).size()) {
      throw new IllegalArgumentException(
          "the table has %d columns, but %d cells were given"
              .formatted(lines.get(0).size(), cells.size()));
    }
    lines.add(List.copyOf(cells));
  }

  /** Prints it, each column as wide as its widest cell. */
  public void print(PrintStream out) {
    for (List<String> line : lines) {
      StringBuilder text = new StringBuilder();
      for (int column = 0; column < line.size(); column++) {
        String pattern = (column == 0 ? "%-" : "  %") + width(column) + "s";
        text.append(pattern.formatted(line.get(column)));
      }
      out.println(text.toString().stripTrailing());
    }
  }

  private int width(int column) {
    return lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(1);
  }
}
