package dev.kvasir.completion;

import java.util.Locale;

/** Which tokens of a moved passage are computed again at its new place. */
public enum BlendKind {
  /** None: keys are turned to their new positions, and that is all. */
  NONE,
  /** The first few of each passage but one that begins the prompt. */
  EPIC,
  /** A share of them: those whose K/V deviates most from what the prompt makes of them. */
  CACHEBLEND,
  /**
   * Likewise; and an earlier text of a passage serves it, too, where both are the same, while what
   * is new is computed.
   */
  KVSHARE,
  /** All of them: the answer is the exact one, at the exact one's cost. */
  FULL;

  /** Whether it is a share of the tokens that is computed again, as the request says. */
  public boolean hasRatio() {
    return this == CACHEBLEND || this == KVSHARE;
  }

  /** The name on the wire and in metrics: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
