package dev.kvasir.cache;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How far a warm-up is.
 *
 * @param id names it
 * @param tenant whose blocks these are
 * @param state of the whole
 * @param prompts to compute
 * @param counts of what became of them so far
 * @param lastFailure why the last prompt that failed did; null if none has
 */
public record WarmUp(
    String id,
    String tenant,
    State state,
    int prompts,
    Counts counts,
    @Nullable String lastFailure) {
  /** State of a warm-up. */
  public enum State {
    /** Others come first. */
    WAITING,
    /** Its prompts are computed. */
    RUNNING,
    /** All prompts are computed, or have failed. */
    DONE,
    /** An administrator, or the node's stop, ended it. */
    CANCELLED;

    /** The name in JSON: lower case. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether nothing more happens. */
    public boolean isOver() {
      return this == DONE || this == CANCELLED;
    }
  }

  /**
   * What became of the prompts.
   *
   * @param done computed
   * @param failed refused or failed
   * @param cachedTokens that were cached before
   * @param computedTokens that were not
   */
  public record Counts(int done, int failed, long cachedTokens, long computedTokens) {}
}
