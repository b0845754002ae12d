package dev.kvasir.bench.serve;

import java.util.List;

/**
 * What became of one request.
 *
 * @param turn what was asked
 * @param seconds when its parts came
 * @param text the answer, as far as it came
 * @param tokens as the endpoint counts them
 * @param error why it failed; empty if it did not
 */
record Answer(Turn turn, Seconds seconds, String text, Tokens tokens, String error) {
  /**
   * Times from the run's start, monotonic.
   *
   * @param due when it was to be sent, by the schedule; where there is none, when it was sent
   * @param pieces when each piece of text came
   * @param end when the last byte came
   */
  record Seconds(double due, List<Double> pieces, double end) {
    Seconds {
      pieces = List.copyOf(pieces);
    }
  }

  /** Counts of the endpoint's usage object; 0 where it does not tell. */
  record Tokens(int prompt, int cached, int completion) {
    static final Tokens UNKNOWN = new Tokens(0, 0, 0);
  }

  boolean failed() {
    return !error.isEmpty();
  }

  /** Whether there was a first token. */
  boolean spoke() {
    return !failed() && !seconds.pieces().isEmpty();
  }

  double timeToFirstToken() {
    return seconds.pieces().get(0) - seconds.due();
  }
}
