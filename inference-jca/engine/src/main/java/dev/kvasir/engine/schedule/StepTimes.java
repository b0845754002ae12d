package dev.kvasir.engine.schedule;

/** How long a decode step takes by its number of rows, as measured. Loop's thread only. */
final class StepTimes {
  private static final double WEIGHT = 0.2; // of the newest measurement

  /** What a row costs more, of a step of one, before anything was measured. */
  private static final double EXTRA_ROW = 0.06;

  private final double[] nanos; // (maxRows + 1): 0 where none was measured

  StepTimes(int maxRows) {
    nanos = new double[maxRows + 1];
  }

  void record(int rows, long stepNanos) {
    nanos[rows] = nanos[rows] == 0 ? stepNanos : nanos[rows] + WEIGHT * (stepNanos - nanos[rows]);
  }

  /** Time of a step of {@code to} rows, of that of {@code from} rows. */
  double ratio(int from, int to) {
    return estimate(to) / estimate(from);
  }

  /** From the nearest measurement below, or else above; 1 a step of one row without any. */
  private double estimate(int rows) {
    for (int distance = 0; distance < nanos.length; distance++) {
      for (int near : new int[] {rows - distance, rows + distance}) {
        if (near > 0 && near < nanos.length && nanos[near] > 0) {
          return nanos[near] * relative(rows) / relative(near);
        }
      }
    }
    return relative(rows);
  }

  private static double relative(int rows) {
    return 1 + EXTRA_ROW * (rows - 1);
  }
}
