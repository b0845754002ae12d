package dev.kvasir.cache;

/**
 * How right the recompute estimate was: of some loads the blocks were computed once more, in idle
 * time. An error is the distance between estimate and measured time as a share of the measured one.
 *
 * @param within loads whose error was {@link #TOLERANCE} at most
 * @param beyond loads whose error was larger
 * @param first loads without an estimate, as too little had been computed lately: it was made of
 *     these
 * @param dropped loads that were chosen, but not computed: a request came first, another one was
 *     chosen after it, or the pool had given blocks away
 * @param errorP50 median error of the last 1,024; 0 if there was none
 * @param errorP90 the error that nine of ten of them do not pass; likewise
 */
public record RecomputeChecks(
    long within, long beyond, long first, long dropped, double errorP50, double errorP90) {
  /** Largest error of an estimate that is right. */
  public static final double TOLERANCE = 0.2;

  /** Nothing yet. */
  public static final RecomputeChecks NONE = new RecomputeChecks(0, 0, 0, 0, 0, 0);

  /** Loads whose blocks were computed once more, to be compared with an estimate. */
  public long measured() {
    return within + beyond;
  }
}
