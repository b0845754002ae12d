package dev.kvasir.engine.draft;

import dev.kvasir.inference.TokenIds;

/**
 * Drafts of one sequence: tokens that may come next, as many as have paid so far. Loop's thread
 * only.
 *
 * <p>The rows of a draft are computed beside the sequence's own and count only as far as the
 * sampler chooses the very tokens, so they change no answer: neither greedy nor seeded.
 */
public final class Drafting {
  /*
   * With a chance `a` that a drafted token is the right one, k of them give a + a^2 .. + a^k more tokens for the time of
   * k more rows, for which all sequences of the step wait. `a` is estimated from this sequence's drafts, the time from
   * the engine's steps (StepPlan, StepTimes). A sequence whose drafts do not pay goes on without them, and tries one
   * again now and then.
   */

  private static final double WEIGHT = 0.1; // of the newest draft
  private static final double FIRST_CHANCE = 0.6;
  private static final int RETRY_STEPS = 32;

  private final PromptLookup lookup;
  private final int mostTokens;
  private double chance = FIRST_CHANCE;
  private int stepsWithout;

  /**
   * @param mostTokens of a draft; 0 for none ever
   */
  public Drafting(TokenIds prompt, int mostTokens) {
    this(new PromptLookup(mostTokens == 0 ? TokenIds.of() : prompt), mostTokens);
  }

  private Drafting(PromptLookup lookup, int mostTokens) {
    this.lookup = lookup;
    this.mostTokens = mostTokens;
  }

  /** The drafts of another answer to the same prompt; before either has a token. */
  public Drafting fork() {
    return new Drafting(lookup.fork(), mostTokens);
  }

  /** Adds a token that the model chose. */
  public void add(int token) {
    if (mostTokens > 0) {
      lookup.add(token);
    }
  }

  /**
   * The draft for the next step.
   *
   * @param room most tokens that there is room for
   * @param plan the step without it
   */
  public int[] draft(int room, StepPlan plan) {
    int most = Math.min(room, mostTokens);
    if (most <= 0) {
      return new int[0];
    }
    int length = paying(most, plan);
    if (length == 0 && ++stepsWithout >= RETRY_STEPS) {
      stepsWithout = 0;
      length = 1;
    }
    return length == 0 ? new int[0] : lookup.draft(length);
  }

  private int paying(int most, StepPlan plan) {
    int best = 0;
    double bestGain = 1;
    for (int length = 1; length <= most; length++) {
      double gain = plan.gain(length, expectedTokens(length));
      if (gain > bestGain) {
        bestGain = gain;
        best = length;
      }
    }
    return best;
  }

  /** Tokens of a draft of this length that the model will choose too, on average. */
  public double expectedTokens(int length) {
    double tokens = 0;
    double allRight = 1;
    for (int i = 0; i < length; i++) {
      allRight *= chance;
      tokens += allRight;
    }
    return tokens;
  }

  /** Notes how many of the drafted tokens were right. */
  public void judge(int drafted, int right) {
    for (int i = 0; i < Math.min(drafted, right + 1); i++) { // behind the first wrong one: unknown
      chance += WEIGHT * ((i < right ? 1 : 0) - chance);
    }
  }
}
