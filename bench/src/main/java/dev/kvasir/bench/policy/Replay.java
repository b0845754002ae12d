package dev.kvasir.bench.policy;

/** A cache that a trace is run through, one request after the other. */
interface Replay {
  /** Serves a request; returns how many of its leading blocks were there. */
  int serve(int[] chain);

  /** Serves a whole trace on a fresh cache. */
  static Outcome run(Trace trace, Replay cache) {
    long start = System.nanoTime();
    long hits = 0;
    for (int[] chain : trace.requests()) {
      hits += cache.serve(chain);
    }
    return new Outcome(hits, trace.accesses(), System.nanoTime() - start);
  }

  /**
   * What came of it.
   *
   * @param hits blocks that were there, with all before them
   * @param accesses blocks asked for
   * @param nanos that it took
   */
  record Outcome(long hits, long accesses, long nanos) {
    /** Hit blocks for each block asked for; 0 of none. */
    double hitRatio() {
      return accesses == 0 ? 0 : (double) hits / accesses;
    }

    double accessesPerSecond() {
      return accesses * 1e9 / Math.max(1, nanos);
    }
  }
}
