package dev.kvasir.engine.schedule;

import dev.kvasir.engine.paged.BlockTable;
import java.util.Optional;

/**
 * How much the schedule does between two decode steps, waits and keeps at most.
 *
 * @param stepTokens prompt tokens that are computed between two decode steps, in whole blocks
 * @param draftTokens tokens that are drafted for a sequence in a decode step; 0 for none
 * @param openWaitMillis longest wait of a sequence for the blocks of its prompt
 * @param savedBytes K/V that preempted sequences keep aside in memory, all together
 * @param idleBlocks blocks that may wait to be computed while nothing else runs; 0 for none
 */
public record ScheduleLimits(
    int stepTokens, int draftTokens, int openWaitMillis, long savedBytes, int idleBlocks) {
  private static final long DEFAULT_SAVED_BYTES = 512L << 20;
  private static final int DEFAULT_OPEN_WAIT_MILLIS = 20_000;

  private static final int DEFAULT_IDLE_BLOCKS = 1_024;

  /** Most tokens of a draft. */
  public static final int MOST_DRAFT_TOKENS = 15;

  /** Prompt pieces of about the time of some decode steps, and drafts that fit a small step. */
  public static final ScheduleLimits DEFAULT = new ScheduleLimits(256, 7);

  /** With defaults for all else. */
  public ScheduleLimits(int stepTokens, int draftTokens) {
    this(
        stepTokens,
        draftTokens,
        DEFAULT_OPEN_WAIT_MILLIS,
        DEFAULT_SAVED_BYTES,
        DEFAULT_IDLE_BLOCKS);
  }

  public ScheduleLimits {
    if (openWaitMillis < 1 || savedBytes < 0 || idleBlocks < 0) {
      throw new IllegalArgumentException(
          "wait, kept bytes and idle blocks are %d ms, %d and %d, but must be at least 1, 0 and 0"
              .formatted(openWaitMillis, savedBytes, idleBlocks));
    }
    if (stepTokens < 1) {
      throw new IllegalArgumentException(
          "step tokens are %d, but must be 1 or more".formatted(stepTokens));
    }
    draftTokensFault(draftTokens)
        .ifPresent(
            fault -> {
              throw new IllegalArgumentException(fault);
            });
  }

  /** What is wrong with a number of step tokens, for an engine; empty if nothing is. */
  public static Optional<String> stepTokensFault(int stepTokens) {
    return stepTokens > 0 && stepTokens % BlockTable.BLOCK_SIZE == 0
        ? Optional.empty()
        : Optional.of(
            "stepTokens is %d, but must be a multiple of %d"
                .formatted(stepTokens, BlockTable.BLOCK_SIZE));
  }

  /** What is wrong with a number of draft tokens; empty if nothing is. */
  public static Optional<String> draftTokensFault(int draftTokens) {
    return draftTokens >= 0 && draftTokens <= MOST_DRAFT_TOKENS
        ? Optional.empty()
        : Optional.of(
            "draftTokens is %d, but must be 0 (none) to %d"
                .formatted(draftTokens, MOST_DRAFT_TOKENS));
  }
}
