package dev.kvasir.engine.draft;

import java.util.Arrays;

/**
 * How long a decode step takes, by its rows and by the blocks that each of them reads, as measured.
 * Loop's thread only.
 */
public final class StepTimes {
  /*
   * A step reads all weights once, computes each row, and copies each row's K/V out of the pool: its time is a sum of
   * three parts, of which the first hardly depends on the rows, the second is proportional to them, and the third to
   * rows times the longest table. The parts' sizes are learnt step by step by a Kalman filter (Kalman 1960) in units of
   * first guesses, so that a kind of step seldom seen is judged by the others. What steps do not tell apart stays as
   * it is, and no less sure than a first guess.
   */

  private static final int PARTS = 3;
  private static final double ROW = 0.02; // first guesses, of reading the weights
  private static final double BLOCK_OF_A_ROW = 0.008;
  private static final double[] DOUBT = {1, 25, 9}; // variance of first guesses, in their units
  private static final double DRIFT = 1e-4; // of that, from step to step
  private static final double NOISE = 0.02; // variance of a step's time, of a step's time
  private static final double LEAST = 0.05; // of a first guess: no part is ever free

  private final double[] parts = {1, 1, 1}; // in units of first guesses
  private final double[][] variance = new double[PARTS][PARTS];
  private double nanosPerUnit; // 0 before any step

  /** Knows first guesses only. */
  public StepTimes() {
    for (int i = 0; i < PARTS; i++) {
      variance[i][i] = DOUBT[i];
    }
  }

  /**
   * Notes a step.
   *
   * @param blocks of its longest table
   */
  public void record(int rows, int blocks, long stepNanos) {
    double[] units = units(rows, blocks);
    if (nanosPerUnit == 0) {
      nanosPerUnit = stepNanos / dot(parts, units);
    }
    double time = stepNanos / nanosPerUnit;
    for (int i = 0; i < PARTS; i++) {
      variance[i][i] = Math.min(DOUBT[i], variance[i][i] + DRIFT * DOUBT[i]);
    }
    double[] spread = Arrays.stream(variance).mapToDouble(row -> dot(row, units)).toArray();
    double total = dot(spread, units) + NOISE * time * time;
    double error = time - dot(parts, units);
    for (int i = 0; i < PARTS; i++) {
      parts[i] = Math.max(LEAST, parts[i] + spread[i] / total * error);
      for (int j = 0; j < PARTS; j++) {
        variance[i][j] -= spread[i] * spread[j] / total;
      }
    }
  }

  /** Time of a step of {@code to} rows, of that of {@code from} rows. */
  double ratio(int from, int to, int blocks) {
    return dot(parts, units(to, blocks)) / dot(parts, units(from, blocks));
  }

  private static double[] units(int rows, int blocks) {
    return new double[] {1, ROW * rows, BLOCK_OF_A_ROW * rows * blocks};
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
