package dev.kvasir.web.audit;

import java.util.List;
import java.util.stream.Collectors;

/** Lines of RFC 4180, in which no cell is a formula to whatever opens them. */
final class Csv {
  private static final String FORMULA_STARTS = "=+-@\t\r";

  private Csv() {}

  /** Cells in quotes, separated by commas, with the line's end. */
  static String line(List<String> cells) {
    return cells.stream().map(Csv::cell).collect(Collectors.joining(",", "", "\r\n"));
  }

  private static String cell(String text) {
    boolean looksLikeFormula = text.length() > 1 && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
    return '"' + (looksLikeFormula ? "'" : "") + text.replace("\"", "\"\"") + '"';
  }
}
