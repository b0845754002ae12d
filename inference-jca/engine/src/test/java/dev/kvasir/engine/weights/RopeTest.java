package dev.kvasir.engine.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kvasir.engine.weights.Rope.Scaling;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Frequencies against the rules of transformers, and of llama.cpp. */
class RopeTest {
  private static final Scaling LLAMA3 = new Scaling.Llama3(8, 1, 4, 8192);

  /** By transformers' _compute_llama3_parameters in double precision. */
  private static final double[] LLAMA3_FREQUENCIES = {
    1.0,
    0.19392274474868576,
    0.03760603093086393,
    0.007292664737217109,
    0.0005248461609929547,
    3.428102195952591e-05,
    6.647869871181235e-06,
    1.2891731721515574e-06
  };

  @Test
  void frequencies_llama3_areThoseOfTransformers() {
    assertArrayEquals(LLAMA3_FREQUENCIES, new Rope(500_000, LLAMA3).frequencies(16), 1e-15);
  }

  @Test
  void frequencies_linear_areAllDivided() {
    double[] plain = new Rope(10_000, new Scaling.None()).frequencies(8);
    assertArrayEquals(new double[] {1, 0.1, 0.01, 0.001}, plain, 1e-15);
    assertArrayEquals(
        new double[] {0.4, 0.04, 0.004, 0.0004},
        new Rope(10_000, new Scaling.Linear(2.5)).frequencies(8),
        1e-15);
  }

  @Test
  void frequencies_perPair_areDividedOneByOne() {
    assertArrayEquals(
        new double[] {1, 0.05, 0.01, 0.000125},
        new Rope(10_000, new Scaling.PerPair(List.of(1f, 2f, 1f, 8f))).frequencies(8),
        1e-15);
  }

  @Test
  void new_numbersWithoutSense_areRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Rope(Double.NaN, LLAMA3));
    assertThrows(IllegalArgumentException.class, () -> new Scaling.Linear(0));
    assertThrows(IllegalArgumentException.class, () -> new Scaling.PerPair(List.of(1f, -1f)));
    assertThrows(IllegalArgumentException.class, () -> new Scaling.Llama3(8, 1, 4, 0));
  }
}
