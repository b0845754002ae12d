package dev.kvasir.completion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.inference.SamplingParams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestIdTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", "8f14e45f-ceea-467f", "Root=1-67891233:2/x+y@z_._"})
  void orNew_valid_kept(String given) {
    assertEquals(given, RequestId.orNew(given));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\nb", "\"", "ä", "{}", "a,b", "<x>"})
  void orNew_invalid_replaced(String given) {
    assertNotEquals(given, RequestId.orNew(given));
  }

  @Test
  void orNew_tooLongOrNone_replacedByADifferentOneEachTime() {
    assertEquals("x".repeat(128), RequestId.orNew("x".repeat(128)));
    assertEquals(32, RequestId.orNew("x".repeat(129)).length());
    assertTrue(RequestId.isValid(RequestId.orNew(null)));
    assertNotEquals(RequestId.orNew(null), RequestId.orNew(null));
  }

  @Test
  void request_badId_refused() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new CompletionRequest(
                "t",
                new Prompt.Text("x"),
                SamplingParams.GREEDY,
                1,
                1,
                CachePolicy.USE,
                Sharing.WIDEST,
                Priority.NORMAL,
                0,
                "a b"));
  }
}
