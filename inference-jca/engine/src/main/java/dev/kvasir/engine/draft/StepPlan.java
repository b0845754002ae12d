package dev.kvasir.engine.draft;

/**
 * A decode step while it is planned: the time that it would take, and the tokens that it would
 * give. Loop's thread only.
 */
public final class StepPlan {
  private final StepTimes times;
  private final int blocks;
  private int rows;
  private double tokens;

  /**
   * One row for each sequence, which gives one token.
   *
   * @param blocks of the longest of them
   */
  public StepPlan(StepTimes times, int sequences, int blocks) {
    this.times = times;
    this.blocks = blocks;
    this.rows = sequences;
    this.tokens = sequences;
  }

  /** Rows that it has so far. */
  public int rows() {
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
  public void add(int moreRows, double moreTokens) {
    rows += moreRows;
    tokens += moreTokens;
  }
}
