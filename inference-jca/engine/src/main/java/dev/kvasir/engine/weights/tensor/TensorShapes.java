package dev.kvasir.engine.weights.tensor;

import dev.kvasir.engine.weights.ModelLoadException;
import java.nio.file.Path;
import java.util.Arrays;

/** Arithmetic on shapes that stand in a file and may be anything. */
public final class TensorShapes {
  private TensorShapes() {}

  /**
   * How many numbers a shape holds.
   *
   * @throws ModelLoadException if a dimension is not positive, there is none, or the row or the
   *     whole is too long
   */
  public static long numbers(Path file, String tensor, long[] shape) {
    try {
      long numbers = 1;
      for (long dimension : shape) {
        if (dimension < 1) {
          throw new ArithmeticException("a dimension is below 1");
        }
        numbers = Math.multiplyExact(numbers, dimension);
      }
      if (shape.length == 0 || shape[shape.length - 1] > Integer.MAX_VALUE / Float.BYTES) {
        throw new ArithmeticException("no row, or too long a row");
      }
      Math.multiplyExact(numbers, (long) Float.BYTES);
      return numbers;
    } catch (ArithmeticException e) {
      throw new ModelLoadException(
          "%s: tensor %s has shape %s: %s"
              .formatted(file, tensor, Arrays.toString(shape), e.getMessage()),
          e);
    }
  }
}
