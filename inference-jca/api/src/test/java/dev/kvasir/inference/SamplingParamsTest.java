package dev.kvasir.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class SamplingParamsTest {
  @Test
  void new_outOfRange_refusedWithNameValueAndRange() {
    assertRefused("temperature is 3.0, but must be 0 to 2", 3, 1, 0, List.of());
    assertRefused("temperature is NaN, but must be 0 to 2", Double.NaN, 1, 0, List.of());
    assertRefused("top_p is 0.0, but must be above 0 and up to 1", 1, 0, 0, List.of());
    assertRefused("top_k is -1, but must be 0 or more", 1, 1, -1, List.of());
    assertRefused(
        "stop is 5 texts, but must be up to 4", 1, 1, 0, List.of("a", "b", "c", "d", "e"));
    assertRefused("stop is an empty text, but must be texts", 1, 1, 0, List.of(""));
  }

  private static void assertRefused(
      String message, double temperature, double topP, int topK, List<String> stop) {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> new SamplingParams(temperature, topP, topK, 0, stop, false));
    assertEquals(message, refused.getMessage());
  }
}
