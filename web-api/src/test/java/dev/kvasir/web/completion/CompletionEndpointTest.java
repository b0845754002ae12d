package dev.kvasir.web.completion;

import static dev.kvasir.web.FaultAssertions.faultOf;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.completion.Completion;
import dev.kvasir.completion.CompletionChoice;
import dev.kvasir.inference.FinishReason;
import dev.kvasir.web.TestingCompletionService;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CompletionEndpointTest {
  private static final AnswerHead HEAD = new AnswerHead("id", 1, "tiny", "r-1", null);

  @Test
  void whole_secondChoiceCancelled_clientLeft() {
    Completion completion =
        new Completion(
            List.of(choice(FinishReason.STOP), choice(FinishReason.CANCELLED)),
            125,
            TestingCompletionService.REPORT);

    assertEquals(
        "client_left",
        faultOf(() -> CompletionEndpoint.whole(completion, new ChatAnswer(HEAD, 2, false))).code());
  }

  private static CompletionChoice choice(FinishReason reason) {
    return new CompletionChoice("a", reason, 3, List.of());
  }
}
