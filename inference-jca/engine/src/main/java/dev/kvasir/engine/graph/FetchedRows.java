package dev.kvasir.engine.graph;

import java.util.Arrays;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.buffer.DataBuffers;

/** What a run fetches, row by row. */
final class FetchedRows {
  private FetchedRows() {}

  /**
   * Runs the graph.
   *
   * @param runner whose fetches are tensors of floating numbers, each with as many rows
   * @return (rows, numbers of a row in all of them) side by side
   */
  static float[][] of(Session.Runner runner) {
    try (Result result = runner.run()) {
      float[][] rows = of((FloatNdArray) result.get(0));
      for (int i = 1; i < result.size(); i++) {
        append(rows, of((FloatNdArray) result.get(i)));
      }
      return rows;
    }
  }

  private static float[][] of(FloatNdArray tensor) {
    float[] flat = new float[Math.toIntExact(tensor.size())];
    tensor.copyTo(DataBuffers.of(flat, false, false));
    float[][] rows = new float[Math.toIntExact(tensor.shape().get(0))][];
    for (int i = 0; i < rows.length; i++) {
      int size = flat.length / rows.length;
      rows[i] = Arrays.copyOfRange(flat, i * size, (i + 1) * size);
    }
    return rows;
  }

  private static void append(float[][] rows, float[][] others) {
    for (int i = 0; i < rows.length; i++) {
      int size = rows[i].length;
      rows[i] = Arrays.copyOf(rows[i], size + others[i].length);
      System.arraycopy(others[i], 0, rows[i], size, others[i].length);
    }
  }
}
