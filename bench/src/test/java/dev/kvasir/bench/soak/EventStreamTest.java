package dev.kvasir.bench.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

class EventStreamTest {
  private static final String PIECES =
      """
      data: {"choices":[{"delta":{"role":"assistant"}}]}

      data: {"choices":[{"delta":{"content":"a b"}}],"usage":null}

      data: {"choices":[{"delta":{"content":" c"}}]}

      data: {"choices":[],"usage":{"prompt_tokens":300,"prompt_tokens_details":{"cached_tokens":256}}}

      """;

  @Test
  void of_wholeStream_textAndUsage() {
    assertEquals(
        new EventStream("a b c", true, 300, 256), EventStream.of(PIECES + "data: [DONE]\n\n"));
  }

  @Test
  void of_brokenOff_notWhole() {
    assertFalse(EventStream.of(PIECES).whole());
    assertFalse(EventStream.of("").whole());
  }

  @Test
  void of_endsWithAnError_notWhole() {
    String error = "data: {\"error\":{\"message\":\"the engine failed\"}}\n\n";
    assertFalse(EventStream.of(PIECES + error).whole());
    assertFalse(EventStream.of(PIECES + error + "data: [DONE]\n\n").whole());
  }
}
