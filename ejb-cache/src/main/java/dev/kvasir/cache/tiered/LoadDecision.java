package dev.kvasir.cache.tiered;

import dev.kvasir.completion.MissReason;

/**
 * Whether cached blocks are loaded.
 *
 * @param load whether they are
 * @param deadlineMillis longest wait for them, if they are
 * @param reason why not, if they are not
 */
record LoadDecision(boolean load, int deadlineMillis, MissReason reason) {
  static LoadDecision within(int deadlineMillis) {
    return new LoadDecision(true, deadlineMillis, MissReason.NONE);
  }

  static LoadDecision not(MissReason reason) {
    return new LoadDecision(false, 0, reason);
  }
}
