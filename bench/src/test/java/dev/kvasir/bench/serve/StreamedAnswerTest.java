package dev.kvasir.bench.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class StreamedAnswerTest {
  private static final Turn TURN = new Turn(0, 0, "", "hello", 16);

  private double now;

  @Test
  void read_wholeStream_countsPiecesOfTextAndTakesUsage() {
    Answer answer =
        read(
            """
            data: {"choices":[{"delta":{"role":"assistant","content":""}}],"usage":null}

            data: {"choices":[{"delta":{"content":"Good"}}]}

            data: {"choices":[{"delta":{"content":" day"}}]}

            data: {"choices":[{"delta":{},"finish_reason":"length"}]}

            data: {"choices":[],"usage":{"prompt_tokens":40,"completion_tokens":2,\
            "prompt_tokens_details":{"cached_tokens":32}}}

            data: [DONE]

            """);
    assertEquals("Good day", answer.text());
    assertEquals(List.of(1.0, 2.0), answer.seconds().pieces());
    assertEquals(0.5, answer.timeToFirstToken());
    assertEquals(new Answer.Tokens(40, 32, 2), answer.tokens());
    assertFalse(answer.failed());
  }

  @Test
  void read_usageWithoutDetails_countsNoCachedTokens() {
    Answer answer =
        read(
            """
            data: {"choices":[],"usage":{"prompt_tokens":4,"prompt_tokens_details":null}}

            data: [DONE]

            """);
    assertEquals(new Answer.Tokens(4, 0, 0), answer.tokens());
  }

  @Test
  void read_errorEvent_isAFailureWithItsText() {
    Answer answer =
        read(
            """
            data: {"choices":[{"delta":{"content":"Go"}}]}

            data: {"error":{"message":"the engine failed"}}

            """);
    assertTrue(answer.failed());
    assertTrue(answer.error().contains("the engine failed"));
    assertEquals("Go", answer.text());
  }

  @Test
  void read_streamWithoutDone_isAFailure() {
    assertTrue(read("data: {\"choices\":[{\"delta\":{\"content\":\"Go\"}}]}\n\n").failed());
  }

  private Answer read(String stream) {
    StreamedAnswer answer = new StreamedAnswer(() -> ++now);
    answer.read(new SseReader(stream.lines().iterator()));
    return answer.answer(TURN, 0.5);
  }
}
