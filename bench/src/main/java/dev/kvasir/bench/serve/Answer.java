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
public record Answer(Turn turn, Seconds seconds, String text, Tokens tokens, String error) {
  /**
   * Times from the run's start, monotonic.
   *
   * @param due when it was to be sent, by the schedule; where there is none, when it was sent
   * @param pieces when each piece of text came
   * @param end when the last byte came
   */
  public record Seconds(double due, List<Double> pieces, double end) {
    public Seconds {
      pieces = List.copyOf(pieces);
    }
  }

  /** Counts of the endpoint's usage object; 0 where it does not tell. */
  public record Tokens(int prompt, int cached, int completion) {
    /** Of an endpoint that does not tell. */
    public static final Tokens UNKNOWN = new Tokens(0, 0, 0);
  }

  /** Whether there is no answer. */
  public boolean failed() {
    return !error.isEmpty();
  }

  /** Whether there was a first token. */
  public boolean spoke() {
    return !failed() && !seconds.pieces().isEmpty();
  }

  /** Seconds from when it was due; only if it spoke. */
  public double timeToFirstToken() {
    return seconds.pieces().get(0) - seconds.due();
  }
}
