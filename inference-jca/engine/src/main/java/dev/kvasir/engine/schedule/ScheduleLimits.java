package dev.kvasir.engine.schedule;

/**
 * How much a turn of the schedule does at most.
 *
 * @param stepTokens prompt tokens that are computed between two decode steps, in whole blocks
 * @param draftTokens tokens that are guessed for a sequence in a decode step; 0 for none
 * @param openWaitMillis longest wait of a sequence for the blocks of its prompt
 */
public record ScheduleLimits(int stepTokens, int draftTokens, int openWaitMillis) {
  private static final int DEFAULT_OPEN_WAIT_MILLIS = 20_000;

  /** Most tokens of a guess. */
  public static final int MOST_DRAFT_TOKENS = 15;

  /** Prompt pieces of about the time of some decode steps, and guesses that fit a small step. */
  public static final ScheduleLimits DEFAULT = new ScheduleLimits(256, 7);

  /** With the default of the wait. */
  public ScheduleLimits(int stepTokens, int draftTokens) {
    this(stepTokens, draftTokens, DEFAULT_OPEN_WAIT_MILLIS);
  }

  public ScheduleLimits {
    if (openWaitMillis < 1) {
      throw new IllegalArgumentException(
          "the wait is %d ms, but must be 1 or more".formatted(openWaitMillis));
    }
    if (stepTokens < 1) {
      throw new IllegalArgumentException(
          "step tokens are %d, but must be 1 or more".formatted(stepTokens));
    }
    if (draftTokens < 0 || draftTokens > MOST_DRAFT_TOKENS) {
      throw new IllegalArgumentException(
          "draft tokens are %d, but must be 0 (none) to %d"
              .formatted(draftTokens, MOST_DRAFT_TOKENS));
    }
  }
}
