package dev.kvasir.engine.schedule;

/**
 * A decode step while it is planned: the time that it would take, and the tokens that it would
 * give. Loop's thread only.
 */
final class StepPlan {
  private final StepTimes times;
  private final int blocks;
  private int rows;
  private double tokens;

  /**
   * One row for each sequence, which gives one token.
   *
   * @param blocks of the longest of them
   */
  StepPlan(StepTimes times, int sequences, int blocks) {
    this.times = times;
    this.blocks = blocks;
    this.rows = sequences;
    this.tokens = sequences;
  }

  int rows() {
    return rows;
  }

  /**
   * How many times as many tokens a second the step gives with more rows.
   *
   * @param moreTokens that these rows are expected to give
   */
  double gain(int moreRows, double moreTokens) {
    return (tokens + moreTokens) / tokens / times.ratio(rows, rows + moreRows, blocks);
  }

  /** Adds rows; parameters as for {@link #gain}. */
  void add(int moreRows, double moreTokens) {
    rows += moreRows;
    tokens += moreTokens;
  }
}
